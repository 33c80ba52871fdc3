#pragma once

#include "runners/sandbox/inside/sandbox_request.hpp"

namespace klab {

/// In the child: becomes the program once the leader holds signals back, with default signal handling,
/// without core dumps, and with no descriptors but its three streams.
[[noreturn]] void become_program(const SandboxRequest& request, int leader);

}  // namespace klab
