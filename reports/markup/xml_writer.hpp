#pragma once

#include <string>
#include <string_view>

namespace klab {

/// Text as XML may hold it: plain_text() of it with the five special characters escaped. Line breaks and tabs
/// are written as references in attributes, where a parser would else turn them into spaces.
std::string escaped_text(std::string_view raw);
std::string escaped_attribute(std::string_view raw);

/// An element that is open for as long as it lives. It owns all escaping: whatever bytes it is given, the
/// document stays well-formed and means that text. Names of elements and attributes are the caller's and not
/// checked. Elements are never written self-closing, so that an HTML parser reads the same tree.
///
/// Attributes come before text and children; a child ends before its parent does anything else.
class XmlElement {
 public:
  XmlElement(std::string& out, std::string_view name) : XmlElement(out, name, 0) {}
  ~XmlElement();
  XmlElement(const XmlElement&) = delete;
  XmlElement& operator=(const XmlElement&) = delete;

  XmlElement& attribute(std::string_view name, std::string_view value);
  XmlElement& text(std::string_view raw);
  XmlElement child(std::string_view name);

 private:
  XmlElement(std::string& out, std::string_view name, int depth);
  void close_start_tag();
  void new_line(int depth);

  std::string& out_;
  std::string name_;
  int depth_;
  bool in_start_tag_ = true;
  bool has_text_ = false;  // then white space would be part of it, so none is added
  bool has_children_ = false;
};

}  // namespace klab
