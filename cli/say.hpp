#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace klab {

/// For people, on stderr. Where nobody is there any more to read it, as behind `| head`, or a disk is full,
/// it is lost: no grading ends for that.
template <typename... Arguments>
void say(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  const std::string text = fmt::format(format, std::forward<Arguments>(arguments)...);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace klab
