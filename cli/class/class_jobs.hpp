#pragma once

#include <cstddef>
#include <cstdint>

namespace klab {

/// How many submissions to grade at a time. A section mostly waits, so several for each core; and each may
/// has programs and a broker for every section, for which there has to be memory. At least one.
std::size_t jobs_for(std::size_t cores, std::uint64_t available_bytes, std::size_t sections);

/// The same, for this machine as it is now.
std::size_t jobs_for_this_machine(std::size_t sections);

}  // namespace klab
