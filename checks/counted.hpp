#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace klab {

/// "1 record", "2 records": a number of things, for nouns that take an s.
inline std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// The same for nouns that do not.
inline std::string counted(std::size_t count, std::string_view noun, std::string_view plural) {
  return fmt::format("{} {}", count, count == 1 ? noun : plural);
}

/// The word that goes with so many things: "is" or "are", "does" or "do".
inline std::string_view agreeing(std::size_t count, std::string_view one, std::string_view many) {
  return count == 1 ? one : many;
}

}  // namespace klab
