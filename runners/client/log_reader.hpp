#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runners/eventually.hpp"
#include "runners/recorder.hpp"

namespace klab {

/// Reads a topic from its first record to the end that every partition had when reading began, outside of any
/// group, and records each record and that the partition was drained. Reads at read_uncommitted; where
/// transactions have left their traces, once more at read_committed, to tell what each record's came to. A
/// partition is drained when the position reached its end, not when the last record was seen: a trailing
/// transaction marker is no record. Returns a sentence for each partition that holds what cannot be read,
/// such as a message that no client has room for; none of those is recorded as drained. Throws HarnessError
/// when a partition could not be read to its end within the time, Interrupted.
std::vector<std::string> read_log(const std::string& bootstrap, const std::string& topic, int partitions,
                                  Recorder& recorder, Clock::duration within = std::chrono::seconds(60));

/// Hands each record to `take` that a reader at read_committed is given now; throws as read_log does.
void read_committed(const std::string& bootstrap, const std::string& topic, int partitions,
                    const std::function<void(const LoggedRecord&)>& take,
                    Clock::duration within = std::chrono::seconds(60));

}  // namespace klab
