#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace klab {

/// "1 record", "2 records": a number of things, for nouns that take an s.
inline std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace klab
