#pragma once

#include <cstddef>
#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every record of the sample is in the topic's log `times` times: once for each program that sent the whole
/// sample. Counts records wherever messages hold them, so that many records in one message are still stored;
/// says nothing about order, partitions or contents. Copies that were sent while the tap kept
/// acknowledgements back count for nothing: a producer that is not idempotent and waits for less than that
/// stores them, by right. Undecided unless the topic was read to its end.
Verdict stored_times(const History& history, std::string_view topic, std::size_t times);

}  // namespace klab
