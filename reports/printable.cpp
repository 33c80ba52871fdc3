#include "reports/printable.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/json/utf8.hpp"

namespace klab {
namespace {

constexpr char kEscape = '\x1b';

bool is_between(char c, char first, char last) { return first <= c && c <= last; }

// CSI: parameters, intermediates, one final byte.
std::size_t csi_length(std::string_view text) {
  std::size_t at = 2;
  while (at < text.size() && is_between(text[at], 0x20, 0x3F)) ++at;
  return at < text.size() && is_between(text[at], 0x40, 0x7E) ? at + 1 : 1;
}

// A string sequence (title, link, device control) ends with BEL or ESC \ and does not span lines.
std::size_t string_length(std::string_view text) {
  const std::size_t end = text.find_first_of("\a\x1b\n", 2);
  if (end == std::string_view::npos || text[end] == '\n') return 1;
  if (text[end] == '\a') return end + 1;
  return text.substr(end, 2) == "\x1b\\" ? end + 2 : 1;
}

// Any other: intermediates and one final byte, as in the choice of a character set.
std::size_t short_length(std::string_view text) {
  std::size_t at = 1;
  while (at < text.size() && is_between(text[at], 0x20, 0x2F)) ++at;
  return at < text.size() && is_between(text[at], 0x30, 0x7E) ? at + 1 : 1;
}

// Of a text that starts with ESC.
std::size_t sequence_length(std::string_view text) {
  if (text.size() < 2) return 1;
  if (text[1] == '[') return csi_length(text);
  if (std::string_view("]PX^_").find(text[1]) != std::string_view::npos) return string_length(text);
  return short_length(text);
}

bool is_control(char32_t value) {
  return (value < 0x20 && value != '\t' && value != '\n') || (value >= 0x7F && value <= 0x9F);
}

bool is_direction_or_separator(char32_t value) {
  return (value >= 0x2028 && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

bool is_noncharacter(char32_t value) {
  return (value & 0xFFFE) == 0xFFFE || (value >= 0xFDD0 && value <= 0xFDEF);
}

bool is_unfit(char32_t value) {
  return is_control(value) || is_direction_or_separator(value) || is_noncharacter(value);
}

std::string spelled_out(char32_t value) {
  const auto number = static_cast<unsigned>(value);
  return value < 0x100 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{:04x}", number);
}

std::string dropped(char32_t) { return {}; }

std::string with_plain_newlines(std::string_view text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r')
      lines += text[at];
    else if (at + 1 == text.size() || text[at + 1] != '\n')
      lines += '\n';
  }
  return lines;
}

template <typename Instead>
std::string cleaned(std::string_view text, Instead instead) {
  std::string clean;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (!next.valid)
      clean += kReplacementText;
    else if (is_unfit(next.value))
      clean += instead(next.value);
    else
      clean += text.substr(0, next.bytes);
    text.remove_prefix(next.bytes);
  }
  return clean;
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && continues_a_character(text[at])) --at;
  return at;
}

}  // namespace

std::string without_ansi(std::string_view raw) {
  std::string text;
  while (!raw.empty()) {
    const std::size_t escape = std::min(raw.find(kEscape), raw.size());
    text += raw.substr(0, escape);
    raw.remove_prefix(escape);
    if (!raw.empty()) raw.remove_prefix(sequence_length(raw));
  }
  return text;
}

std::string plain_text(std::string_view raw) {
  return cleaned(with_plain_newlines(without_ansi(raw)), dropped);
}

std::string visible_text(std::string_view raw) { return cleaned(with_plain_newlines(raw), spelled_out); }

std::string one_line(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  std::string line;
  for (std::size_t at = 0; (at = text.find_first_not_of(kSpace, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    if (!line.empty()) line += ' ';
    line += text.substr(at, end - at);
    at = end;
  }
  return line;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  const std::size_t head = character_start(text, most / 2);
  const std::size_t tail = character_start(text, text.size() - most / 2);
  return fmt::format("{} [... {} bytes left out ...] {}", text.substr(0, head), tail - head,
                     text.substr(tail));
}

}  // namespace klab
