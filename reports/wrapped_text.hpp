#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// The words of a text in lines of at most `width` columns. A word longer than a line is broken inside.
/// Line breaks of the text itself are white space like any other. Never empty: no words make one empty line.
std::vector<std::string> wrapped(std::string_view text, int width);

/// The text filled with spaces to `width` columns; longer text is left alone.
std::string padded(std::string_view text, int width);

}  // namespace klab
