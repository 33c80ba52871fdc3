#pragma once

#include <cstddef>
#include <string_view>

namespace klab {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;
inline constexpr std::string_view kReplacementText = "\xEF\xBF\xBD";

/// One character of a text and how many bytes it takes there. An invalid byte is a replacement character of
/// one byte.
struct CodePoint {
  char32_t value = kReplacementCharacter;
  std::size_t bytes = 1;
  bool valid = false;
};

/// The first character of a text that is not empty. Overlong forms, surrogates and values past U+10FFFF are
/// invalid.
CodePoint first_code_point(std::string_view text);

bool is_utf8(std::string_view text);

/// Columns in a terminal: two for East Asian wide characters and pictographs, none for combining marks, else
/// one. An estimate: fonts and terminals disagree in the corners.
int display_width(std::string_view text);

}  // namespace klab
