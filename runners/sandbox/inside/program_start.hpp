#pragma once

#include <string>
#include <vector>

#include "runners/sandbox/sandbox_limits.hpp"

namespace klab {

/// In the child: becomes the program once the leader holds signals back, with default signal handling,
/// without core dumps, and with no descriptors but its three streams.
[[noreturn]] void become_program(const std::vector<std::string>& command, const SandboxLimits& limits,
                                 int leader);

}  // namespace klab
