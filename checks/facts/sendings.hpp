#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// How far a time from a record's own timestamp may lie from the same on the play's clock: the two clocks are
/// read one after the other when the play begins, the computer's may be set meanwhile, and timestamps are cut
/// to milliseconds.
inline constexpr Moment kTimestampError = std::chrono::milliseconds(200);

/// One record as one program sent it, however often the client repeated it.
struct Sending {
  std::string_view id = {};
  std::size_t position = 0;                 ///< in the sample, from 0
  const SentBatch* first = nullptr;         ///< the batch in which it arrived at the tap first
  const LoggedRecord* logged = {};          ///< where it is stored; nothing where that is not known for sure
  std::optional<Moment> created = {};       ///< its own timestamp, on the play's clock
  std::optional<Moment> acknowledged = {};  ///< when the program was told first that it is stored

  Moment arrived() const { return first->at; }
};

/// The records of the sample that a program sent to a topic, in the order in which they first arrived.
std::vector<Sending> sendings_of(const History& history, std::string_view program, std::string_view topic);

/// When the program was last heard of: what it leaves running may send when it has ended.
Moment end_of_life(const ProgramRun& run, const std::vector<Sending>& sendings);

/// Of an even number the later of the two in the middle; there has to be one.
Moment median_of(std::vector<Moment> times);

/// Why the records' own timestamps do not say when the program sent them; empty where they may. A timestamp
/// is set by the program, so it can be anything: that of an event in the data, none, or a lie. One that is
/// right lies in the program's life, not after the record's arrival, and before that by no more than
/// `longest_stay`: the time that its client may keep a record back. Those that are all cut to a tenth of a
/// second or more say too little, and those of kafka-go, which names itself in its client.id, say when it
/// sent a batch (its protocol.RecordSet), which is after the acknowledgement of the one before.
std::string why_not_by_timestamp(const History& history, const std::vector<Sending>& sendings,
                                 Moment longest_stay);

/// The same sendings in the order in which they were created; as the file has them where that is the same
/// millisecond.
std::vector<Sending> in_order_of_creation(std::vector<Sending> sendings);

}  // namespace klab
