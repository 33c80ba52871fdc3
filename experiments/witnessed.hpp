#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

// What the wire and the log say of a play, where conclusions ask alike.

/// The batches that a program sent, in order.
std::vector<SentBatch> batches_of(const History& history, std::string_view program);

/// How many records with the value a topic's log holds.
std::ptrdiff_t copies_of(const History& history, std::string_view topic, std::string_view value);

/// How many records with the value a program was told to be acknowledged.
std::ptrdiff_t times_acked(const History& history, std::string_view program, const std::string& value);

}  // namespace klab
