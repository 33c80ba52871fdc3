#pragma once

#include <cstdint>
#include <string>

namespace klab {

/// What a sandboxed program may use; 0 means no limit.
struct SandboxLimits {
  std::uint64_t memory = 0;     ///< bytes, all its processes together
  std::uint64_t processes = 0;  ///< at a time
  std::uint64_t file_size = 0;  ///< bytes, each file that it writes; past it SIGXFSZ, as a shell's ulimit
  std::uint64_t scratch = std::uint64_t{2}
                          << 30;  ///< bytes, all that it writes to folders that do not last; past it ENOSPC
};

/// The limit for which a sandbox was ended: "memory" or "processes".
struct LimitHit {
  std::string limit = {};
  std::uint64_t used = 0, allowed = 0;
};

}  // namespace klab
