#pragma once

#include <chrono>
#include <cstddef>

namespace klab {

/// Time since the play began, on the recorder's one monotonic clock.
using Moment = std::chrono::microseconds;

/// Where an event stands in history.jsonl: its line, counted from 1 (line 1 is the header). Evidence points
/// here.
using Line = std::size_t;

}  // namespace klab
