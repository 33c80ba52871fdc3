#include "reports/wrapped_text.hpp"

#include <algorithm>
#include <cstddef>

#include "checks/json/utf8.hpp"
#include "reports/printable.hpp"

namespace klab {
namespace {

// As much of a word as fits, and at least one character, so that breaking it ends.
std::size_t fitting_bytes(std::string_view word, int width) {
  std::size_t bytes = first_code_point(word).bytes;
  while (bytes < word.size()) {
    const std::size_t next = bytes + first_code_point(word.substr(bytes)).bytes;
    if (display_width(word.substr(0, next)) > width) break;
    bytes = next;
  }
  return bytes;
}

void break_long_word(std::vector<std::string>& lines, std::string_view word, int width) {
  while (!word.empty()) {
    const std::size_t bytes = fitting_bytes(word, width);
    lines.emplace_back(word.substr(0, bytes));
    word.remove_prefix(bytes);
  }
}

void add_word(std::vector<std::string>& lines, std::string_view word, int width) {
  const int room = lines.empty() ? -1 : width - display_width(lines.back()) - 1;
  if (display_width(word) <= room)
    lines.back().append(" ").append(word);
  else
    break_long_word(lines, word, width);
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, int width) {
  const std::string line = one_line(text);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    add_word(lines, std::string_view(line).substr(at, end - at), std::max(width, 1));
    at = end + 1;
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

std::string padded(std::string_view text, int width) {
  const int missing = std::max(0, width - display_width(text));
  return std::string(text).append(static_cast<std::size_t>(missing), ' ');
}

}  // namespace klab
