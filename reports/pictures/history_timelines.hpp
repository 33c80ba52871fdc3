#pragma once

#include <vector>

#include "checks/history/history.hpp"
#include "reports/pictures/timeline.hpp"

namespace klab {

/// All there is to draw of a play over time: its programs, its groups, and how long records were on their
/// way.
std::vector<Timeline> history_timelines(const History& history);

}  // namespace klab
