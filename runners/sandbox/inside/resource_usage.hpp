#pragma once

#include <filesystem>
#include <optional>

#include "runners/sandbox/sandbox_limits.hpp"

namespace klab {

/// The limit that the processes of a /proc exceed, all but the first process of the namespace. Memory that
/// processes share counts once, and that of files which no process has mapped does not count.
std::optional<LimitHit> exceeded_limit(const SandboxLimits& limits,
                                       const std::filesystem::path& proc = "/proc");

}  // namespace klab
