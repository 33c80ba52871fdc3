#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// How long a producer is to wait after each record.
struct SendGap {
  Moment wait = std::chrono::milliseconds(250);
  Moment longest = std::chrono::seconds(1);
};

/// Each program of the role waits after each record that it sends to the topic: half of the gaps between two
/// of its records are not shorter than the wait, and its first and its last lie at least n - 2 waits apart,
/// where the sample has n records, all of which it sends, so that a few short gaps are no matter, one long
/// one helps nobody, and neither does sending less; and of all gaps at most a third are shorter than half the
/// wait, so that two records and then a wait for both is none after each. Added to that is what connecting
/// may have hidden of the first waits. Gaps of which half are longer than `longest` are undecided: a client
/// that holds each record back adds to them (kafka-go does, for 1 s). Judged on the records' own timestamps,
/// with an allowance of 5 ms a gap: requests mislead, as a client that lets records linger sends many at
/// once, and one that still connects sends the first late.
///
/// Where timestamps say nothing (see why_not_by_timestamp; a record stays in its client for 5 seconds at
/// most), gaps that the wire shows all the same are good; who did not live so long is refuted; else it is
/// undecided. Undecided too when a program was not heard in full.
Verdict gaps_between_sends(const History& history, std::string_view topic, std::string_view role,
                           const SendGap& gap);

}  // namespace klab
