#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Committed records of one key are all in one partition, as Kafka's own partitioners see to while a topic
/// keeps its number of partitions. Which one is free, and several keys may share it. Messages without a key
/// are not judged, nor those with an empty one, which librdkafka's partitioner takes for none: clients spread
/// them as they like. Undecided when no key has two records.
Verdict one_partition_per_key(const History& history, std::string_view topic);

}  // namespace klab
