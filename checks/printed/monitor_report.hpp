#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

// What a monitor prints is a JSON object somewhere in its output, on one line or many, with whatever other
// fields and words. Of several the last complete one that has the field counts, and of those in one another
// the outermost, but none that names its "partition"; numbers may be written as texts. Each of these is
// undecided when no program of the role ran, or the grader's own figures are missing.

/// `records` is the number of records in the topic.
Verdict reports_records(const History& history, std::string_view topic, std::string_view role);

/// `lag` is, over all partitions, the end of the log less what the monitor's group had committed.
Verdict reports_lag(const History& history, std::string_view topic, std::string_view role);

/// `bytes` is what the topic's logs take on the broker's disk, give or take `percent` of it.
Verdict reports_bytes(const History& history, std::string_view topic, std::string_view role, int percent);

/// Whether the program has printed all of these.
bool has_reported(const History& history, std::string_view program);

}  // namespace klab
