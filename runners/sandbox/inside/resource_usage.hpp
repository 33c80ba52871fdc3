#pragma once

#include <filesystem>
#include <optional>

#include "runners/sandbox/sandbox_limits.hpp"

namespace klab {

/// Whether a /proc has more processes than it may, the first of the namespace apart. Never waits.
std::optional<LimitHit> too_many_processes(const SandboxLimits& limits,
                                           const std::filesystem::path& proc = "/proc");

/// Whether these have more memory than they may. What they share counts once, and what is of files that no
/// process has mapped does not count. It waits for each process that is just forking: in a fork bomb perhaps
/// for ever, so ask on a thread of its own.
std::optional<LimitHit> too_much_memory(const SandboxLimits& limits,
                                        const std::filesystem::path& proc = "/proc");

}  // namespace klab
