#pragma once

#include <vector>

#include "checks/history/history.hpp"
#include "reports/pictures/timeline.hpp"

namespace klab {

/// For each program that sent for a second or longer while another one waited for its records: how long each
/// record stayed in its client, when it was acknowledged and when it was delivered, against the times at
/// which acknowledgements were kept back. Three programs at most, and of many records only every n-th.
std::vector<Timeline> passage_timelines(const History& history);

}  // namespace klab
