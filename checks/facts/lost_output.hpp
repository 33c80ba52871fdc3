#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/prints.hpp"

namespace klab {

/// What programs had printed when a signal ended each of them, where a buffer may have died with it:
/// "nothing", or "all but the last records", those that they were given last and no more than a buffer holds.
/// On a terminal these would have been seen. Empty where that cannot be why a record of `wanted` is not
/// printed, or the commits of the programs' groups do not say that all of the topic was read.
std::string printed_before_signal(const History& history, std::string_view topic,
                                  const std::vector<const ProgramRun*>& programs, const Places& wanted,
                                  const SampleIndex& index);

}  // namespace klab
