#pragma once

#include <vector>

#include "checks/history/history.hpp"
#include "reports/pictures/timeline.hpp"

namespace klab {

/// For each group that had several members: which of them owned which partition, and when.
std::vector<Timeline> group_timelines(const History& history);

}  // namespace klab
