#pragma once

#include <filesystem>
#include <vector>

#include "runners/sandbox/inside/sandbox_request.hpp"

namespace klab {

/// The first process of the sandbox's process namespace. Makes the sandbox, offers it to klab, starts the
/// program when klab says so, and tells the leader how the program ended. It watches over what is left for as
/// long as there is anything; when it returns, the caller exits, and the kernel kills all that is left: when
/// a limit is exceeded, and when klab closes the control socket or dies.
void be_first_process(const SandboxRequest& request, int leader,
                      const std::vector<std::filesystem::path>& unix_sockets);

}  // namespace klab
