#pragma once

#include <vector>

#include "checks/history/history.hpp"
#include "reports/pictures/offset_chart.hpp"

namespace klab {

/// When each record came into its partition, by the batch that brought it (where the wire did not hear that,
/// by its own timestamp), coloured by key where there are two to six keys, else by producer; and when
/// programs were given it. One chart, or none where nothing is stored. However large the history, it holds
/// few marks: what lies close together is one.
std::vector<OffsetChart> offset_charts(const History& history);

}  // namespace klab
