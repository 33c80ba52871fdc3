#pragma once

#include <string>

#include "runners/eventually.hpp"
#include "runners/recorder.hpp"

namespace klab {

/// Reads a topic from its first record to the end that every partition had when reading began, at read_uncommitted and
/// outside of any group, and records each record and that the partition was drained. A partition is drained when the
/// position reached its end, not when the last record was seen: a trailing transaction marker is no record.
/// Throws HarnessError when a partition could not be read to its end within the time, Interrupted.
void read_log(const std::string& bootstrap, const std::string& topic, int partitions, Recorder& recorder,
              Clock::duration within = std::chrono::seconds(60));

}  // namespace klab
