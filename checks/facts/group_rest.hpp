#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// Whether nobody joined, left, was given or gave up anything in a group during the five seconds before the
/// first of these runs was told to stop. What is missing then would not have come any more: a rebalance takes
/// as long as its slowest member needs to notice, which is a heartbeat, three seconds unless told otherwise.
bool was_at_rest(const History& history, std::string_view group, const Runs& runs);

/// What to look for where these were never members of one group at the same time.
std::string why_never_together(const Runs& runs);

}  // namespace klab
