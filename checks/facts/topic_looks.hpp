#pragma once

#include <string_view>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// Every look at a topic, in order.
std::vector<const TopicLooked*> looks_at(const History& history, std::string_view topic);

/// Why the topic is not the same any more, for evidence: it is gone, or another one has its name. Empty where
/// it is the same.
std::string_view replaced(const TopicLooked& before, const TopicLooked& after);

/// Null where the look did not find the partition.
const LogBounds* bounds_of(const TopicLooked& look, int partition);

/// Offsets in the logs of all partitions; markers of transactions count.
std::size_t offsets_in(const TopicLooked& look);

}  // namespace klab
