#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Wherever the programs of a role begin to read the topic, they ask for committed records only
/// (isolation.level read_committed). Undecided when they never read it, or were not heard in full.
Verdict asks_for_committed(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
