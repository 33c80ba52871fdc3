#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/catalogue/large_vector.hpp"
#include "checks/catalogue/names.hpp"
#include "checks/catalogue/policy.hpp"
#include "checks/history/history.hpp"

namespace klab {

/// Microseconds of the history's clock.
using Time = std::int64_t;

inline constexpr Time kUnknownTime = std::numeric_limits<Time>::min();
inline constexpr std::int64_t kNoOffset = -1;
inline constexpr std::int64_t kAnywhere = std::numeric_limits<std::int64_t>::max();

/// A record that was sent, once for each time that the program sent it. Sorted by line.
struct SendFact {
  std::int64_t offset = kNoOffset;  ///< that it was acknowledged with
  Time begin = kUnknownTime;
  Time end = kUnknownTime;  ///< when the outcome was known; unknown: it never was, or nobody says when
  std::int64_t order = 0;   ///< in program order; sends of equal order may have come in any order
  std::uint32_t line = 0;
  Name id = kNoName;
  Name producer = kNoName;
  Name topic = kNoName;
  Name partition = kNoName;  ///< index in `partitions`
  Name key = kNoName;
  Name transaction = kNoName;                  ///< index in `transactions`
  SendOutcome outcome = SendOutcome::unknown;  ///< its own, whatever its transaction's
  bool is_ordered = false;                     ///< whether `order` says anything
};

enum class Before : std::uint8_t {
  nothing,    ///< the read follows the ownership's last one
  seek,       ///< the member chose a position in between
  uncertain,  ///< a poll in between may have moved the position, or not
};

/// A record that a poll returned, in the order of the member's calls.
struct ReadFact {
  std::int64_t offset = 0;
  Name id = kNoName;  ///< kNoName: its content is none that a program sends
  Name key = kNoName;
  Name partition = kNoName;
  std::uint32_t poll = 0;
  Name ownership = kNoName;  ///< kNoName: outside of all
  Before before = Before::nothing;
  /// There is one send with its id, that was stored, with this key, in this place, and begun before: most
  /// often.
  bool is_as_sent = false;
};

struct PollFact {
  Time begin = kUnknownTime;
  Time at = kUnknownTime;
  std::uint32_t line = 0;
  Name member = kNoName;
  Name transaction = kNoName;
  CallOutcome outcome = CallOutcome::ok;  ///< failed also where its transaction was aborted
  bool is_read_committed = false;
};

/// A member's hold of one partition, from and to as the member itself saw them.
struct OwnershipFact {
  Time from = kUnknownTime;
  Time to = kUnknownTime;                   ///< unknown: it was not seen to end
  std::int64_t resumed_behind = kNoOffset;  ///< went on, perhaps, behind the last read of the one before
  std::int64_t moved_to = kNoOffset;        ///< by seeks, or polls of unknown outcome: as far as that at most
  std::uint32_t from_line = 0;
  std::uint32_t to_line = 0;
  Name member = kNoName;
  Name partition = kNoName;
  Name first_read = kNoName;  ///< index in `reads`
  Name last_read = kNoName;
  int generation = 0;
  OwnershipEnd end = OwnershipEnd::revoked;
  bool is_implied = false;  ///< by a member of which no assignment is known
  bool is_manual = false;   ///< not given by a group
};

struct CommitFact {
  std::int64_t next = 0;
  Time asked = kUnknownTime;  ///< at the earliest; unknown: at any time before its answer
  Time at = kUnknownTime;
  std::uint32_t line = 0;
  Name group = kNoName;
  Name member = kNoName;
  Name partition = kNoName;
  Name ownership = kNoName;  ///< the member's, when it was committed
  Name last_read = kNoName;  ///< in that ownership, handed on; kNoName where nothing was, or after a seek
  std::int64_t sought = kNoOffset;        ///< where its member stood that has read nothing since
  CallOutcome outcome = CallOutcome::ok;  ///< with its transaction's
  bool has_read_nothing = false;          ///< in that ownership, or since it sought: it stands where it began
  bool is_fenced = false;                 ///< refused because the member is none any more
  bool follows_own_revoke = false;        ///< the member's latest word on assignments gave this partition up
};

struct TransactionFact {
  Name producer = kNoName;
  Name name = kNoName;            ///< in `texts`
  Time end_asked = kUnknownTime;  ///< when its producer first asked for the commit
  Time at = kUnknownTime;
  std::uint32_t begin_line = 0;
  std::uint32_t end_line = 0;
  enum class End : std::uint8_t { open, committed, aborted, unknown } end = End::open;
  bool is_commit_asked = false;
  bool is_proved = false;  ///< somebody who reads committed records only has read one of it
};

struct SeekFact {
  std::int64_t target = kNoOffset;  ///< kNoOffset: to the beginning, the end, or a time; or nobody knows
  Time at = kUnknownTime;
  std::uint32_t line = 0;
};

struct FlushFact {
  Time begin = kUnknownTime;
  Time end = kUnknownTime;
  std::uint32_t line = 0;
  Name producer = kNoName;
  CallOutcome outcome = CallOutcome::ok;
};

struct MemberFact {
  Name name = kNoName;   ///< in `texts`
  Name group = kNoName;  ///< in `texts`; kNoName: of no group
  bool has_assignments = false;
  bool may_be_rebalanced = false;   ///< its group has others, or it subscribed; no assignment is told
  Time fenced_from = kUnknownTime;  ///< a commit then was refused because it is none
};

/// A time at which something about a group's members changed.
struct GroupChange {
  Time at = 0;
  Name group = kNoName;
  Name member = kNoName;
  std::uint32_t line = 0;
  bool is_join = false;
  bool is_leave = false;
  bool is_sign_of_life = false;   ///< by itself, as it gave something up
  std::vector<Name> topics = {};  ///< of a join
};

struct PartitionFact {
  Name topic = kNoName;
  int number = 0;
  std::int64_t drained_first = kNoOffset;  ///< a reader saw all of [drained_first, drained_end)
  std::int64_t drained_end = kNoOffset;
  std::uint32_t drained_line = 0;

  bool is_drained() const { return drained_first != kNoOffset; }
};

/// One id at one offset.
struct LogEntry {
  std::int64_t offset = 0;
  Name id = kNoName;
  bool is_committed : 1 = false;   ///< surely visible to those who read committed records only
  bool is_seen : 1 = false;        ///< by a poll that did not fail, or by the reader of the log
  bool is_read : 1 = false;        ///< in any way; else an acknowledgement says so
  bool is_superseded : 1 = false;  ///< a compaction may have taken it out

  auto operator<=>(const LogEntry& other) const {
    return offset != other.offset ? offset <=> other.offset : id <=> other.id;
  }
};

/// What is known of one partition's log, by offset and id, each pair once. Gaps are not known to be anything.
using PartitionLog = LargeVector<LogEntry>;

/// What is known of an id.
struct IdFact {
  std::int64_t offset = kNoOffset;  ///< its first place, in its first partition
  Name partition = kNoName;
  Name first_send = kNoName;  ///< index in `sends`; kNoName: it was never sent
  std::uint32_t sends : 29 = 0;
  std::uint32_t is_seen : 1 = false;       ///< by a poll that did not fail, or by the reader of the log
  std::uint32_t is_read : 1 = false;       ///< in any way
  std::uint32_t is_committed : 1 = false;  ///< read by one who reads committed records only
};

/// Whether the sends that have their place in a partition lie in order there.
struct LogOrder {
  std::size_t called = 0;  ///< that tell their place in the order of their producer's calls
  std::size_t called_with_keys = 0;
  std::size_t begun = 0;  ///< that tell when they began
  bool has_acked = false;
  bool is_of_calls = true;  ///< surely none lies before one that its producer sent earlier
  bool is_of_times = true;  ///< none lies before one that was acknowledged before it was sent
};

/// A history as the checks of the catalogue see it: texts as numbers, sends, reads and ownerships as plain
/// structs. The history must outlive it. Throws BadInput where an event makes no sense beside the others.
struct Model {
  Names texts = {};  ///< producers, topics, members, groups, transactions
  Names ids = {};
  Names keys = {};
  LargeVector<SendFact> sends = {};
  LargeVector<ReadFact> reads = {};
  std::vector<PollFact> polls = {};
  std::vector<OwnershipFact> ownerships = {};
  std::vector<CommitFact> commits = {};
  std::vector<TransactionFact> transactions = {};
  std::vector<FlushFact> flushes = {};
  std::vector<MemberFact> members = {};
  std::vector<GroupChange> changes = {};  ///< by time
  std::vector<PartitionFact> partitions = {};
  std::vector<PartitionLog> logs = {};  ///< by partition
  std::vector<LogOrder> orders = {};    ///< by partition
  LargeVector<IdFact> of_id = {};       ///< by id
  std::unordered_map<Name, std::vector<Name>> sent_again =
      {};                                              ///< all sends, by index, of ids that have several
  std::map<Name, SeekFact> sought = {};                ///< by the first read after it
  std::unordered_map<Name, int> partition_count = {};  ///< of a topic, where it is known
  bool is_of_the_wire = false;  ///< positions and ownerships are those of clients, not of programs
  Time last_time = kUnknownTime;

  std::string place(Name partition) const;  ///< "t-0"
  std::string name_of_id(Name id) const;    ///< "\"a1\""
  const PartitionFact& partition_of(const ReadFact& read) const { return partitions[read.partition]; }
};

/// Of client events.
Model model_of(const History& history, const Policy& policy);

/// What came of a send in the end. That of a transaction overrides the acknowledgement of each send in it.
CallOutcome effective_outcome(const Model& model, const SendFact& send);

/// The sends of an id, by index; none of kNoName.
std::span<const Name> sends_of(const Model& model, Name id);

/// The only send of an id; null where there is none, or more than one.
const SendFact* only_send_of(const Model& model, Name id);

/// The send that a read returned: the only one of its id; of several the one that lies where it was read, as
/// its acknowledgement says, or, where none of them came to be stored, the first. Null where nobody can tell.
const SendFact* send_of(const Model& model, const ReadFact& read);

/// Whether the place that is known of a send's record is that of what was acknowledged. Else it may be that
/// of a copy: of a request that timed out and was stored earlier, or later, than the one that was answered.
bool is_place_sure(const SendFact& send, const Policy& policy);

/// When the record was surely in the log: acknowledged, or of a transaction that was committed by then.
Time stored_by(const Model& model, const SendFact& send);

/// Whether a group gave the partition to its member, and somebody told of it.
bool is_of_a_group(const Model& model, const OwnershipFact& ownership);

/// Whether a reader that passes the entry must be given it.
bool is_due(const LogEntry& entry, bool is_read_committed);

/// The first such entry at an offset in [from, to); null where there is none.
const LogEntry* first_due(const PartitionLog& log, std::int64_t from, std::int64_t to,
                          bool is_read_committed);

}  // namespace klab
