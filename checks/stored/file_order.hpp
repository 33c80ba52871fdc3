#pragma once

#include <cstddef>
#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// In each partition, records stand in an order that `senders` programs can have produced that each send the
/// sample in file order: its sequence of file positions splits into at most `senders` increasing ones. Kafka
/// promises order within a partition and nothing between partitions, so nothing is asked between them. Where
/// the wire tells of each record of the topic who sent it, each program's are looked at by themselves. A
/// record that is stored more often than `senders` times, or by one program twice, is left out: which of its
/// copies was meant cannot be known. Undecided when no partition holds two records.
Verdict file_order(const History& history, std::string_view topic, std::size_t senders);

}  // namespace klab
