#include "reports/markup/xml_writer.hpp"

#include <cassert>
#include <cstddef>

#include "reports/printable.hpp"

namespace klab {
namespace {

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::string_view attribute_entity(char c) {
  switch (c) {
    case '\n':
      return "&#10;";
    case '\t':
      return "&#9;";
    default:
      return entity(c);
  }
}

template <typename EntityOf>
std::string escaped(std::string_view raw, EntityOf entity_of) {
  std::string safe;
  for (char c : plain_text(raw)) {
    const std::string_view reference = entity_of(c);
    reference.empty() ? safe += c : safe += reference;
  }
  return safe;
}

}  // namespace

std::string escaped_text(std::string_view raw) { return escaped(raw, entity); }

std::string escaped_attribute(std::string_view raw) { return escaped(raw, attribute_entity); }

XmlElement::XmlElement(std::string& out, std::string_view name, int depth)
    : out_(out), name_(name), depth_(depth) {
  out_ += '<';
  out_ += name_;
}

XmlElement::~XmlElement() {
  close_start_tag();
  if (has_children_ && !has_text_) new_line(depth_);
  out_ += "</";
  out_ += name_;
  out_ += '>';
  if (depth_ == 0) out_ += '\n';
}

XmlElement& XmlElement::attribute(std::string_view name, std::string_view value) {
  assert(in_start_tag_);
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  out_ += escaped_attribute(value);
  out_ += '"';
  return *this;
}

XmlElement& XmlElement::text(std::string_view raw) {
  close_start_tag();
  has_text_ = true;
  out_ += escaped_text(raw);
  return *this;
}

XmlElement XmlElement::child(std::string_view name) {
  close_start_tag();
  has_children_ = true;
  if (!has_text_) new_line(depth_ + 1);
  return {out_, name, depth_ + 1};
}

void XmlElement::close_start_tag() {
  if (in_start_tag_) out_ += '>';
  in_start_tag_ = false;
}

void XmlElement::new_line(int depth) {
  out_ += '\n';
  out_.append(2 * static_cast<std::size_t>(depth), ' ');
}

}  // namespace klab
