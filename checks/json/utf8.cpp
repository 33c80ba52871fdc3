#include "checks/json/utf8.hpp"

#include <algorithm>
#include <array>

namespace klab {
namespace {

struct Form {
  unsigned char mask, lead;
  std::size_t bytes;
  char32_t least;  // anything smaller should have been written in fewer bytes
};

constexpr std::array<Form, 4> kForms = {
    {{0x80, 0x00, 1, 0}, {0xE0, 0xC0, 2, 0x80}, {0xF0, 0xE0, 3, 0x800}, {0xF8, 0xF0, 4, 0x10000}}};

struct Range {
  char32_t first, last;
};

constexpr std::array<Range, 8> kWide = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFF00, 0xFF60},
                                         {0x1F300, 0x1FAFF},
                                         {0x20000, 0x3FFFD}}};

constexpr std::array<Range, 4> kZeroWidth = {
    {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};

template <std::size_t Count>
bool lies_in(const std::array<Range, Count>& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [value](Range range) { return range.first <= value && value <= range.last; });
}

bool is_scalar(char32_t value) { return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF); }

CodePoint decoded(std::string_view text, const Form& form) {
  if (text.size() < form.bytes) return {};
  auto value =
      static_cast<char32_t>(static_cast<unsigned char>(text[0]) & static_cast<unsigned char>(~form.mask));
  for (char next : text.substr(1, form.bytes - 1)) {
    const auto byte = static_cast<unsigned char>(next);
    if ((byte & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte & 0x3F);
  }
  if (value < form.least || !is_scalar(value)) return {};
  return {.value = value, .bytes = form.bytes, .valid = true};
}

int columns_of(char32_t value) {
  if (lies_in(kZeroWidth, value)) return 0;
  return lies_in(kWide, value) ? 2 : 1;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  for (const Form& form : kForms)
    if ((lead & form.mask) == form.lead) return decoded(text, form);
  return {};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (!next.valid) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

int display_width(std::string_view text) {
  int columns = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    columns += columns_of(next.value);
    text.remove_prefix(next.bytes);
  }
  return columns;
}

}  // namespace klab
