#pragma once

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace klab {

/// The sandbox cannot be made, as a plain sentence; nothing of the program has run.
struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// After a system call that failed: "cannot <what>: <why>".
[[noreturn]] inline void refuse(const std::string& what) {
  throw Refusal(fmt::format("cannot {}: {}", what, std::strerror(errno)));
}

}  // namespace klab
