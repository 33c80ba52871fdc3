#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/client_events.hpp"
#include "checks/history/moment.hpp"

namespace klab {

// What the tap between a program and the broker overheard. Times: of what a program sends, when it arrived at
// the tap; of what it is given, just before it was passed on. So a program cannot have known earlier, nor
// have sent later.

struct PartitionName {
  std::string topic = {};
  int partition = 0;

  auto operator<=>(const PartitionName&) const = default;
};

/// A program opened a connection and said who it is.
struct Connected {
  Line line = 0;
  std::string program = {};
  int connection = 0;  ///< unique in the play, counted from 1
  Moment at = {};
  std::string client_id = {};
  /// Client library and version as it names itself (KIP-511); "" when it does not
  std::string software = {};
};

/// A connection is over for its program: it closed it, or it was closed.
struct Disconnected {
  Line line = 0;
  std::string program = {};
  int connection = 0;
  Moment at = {};
};

/// A program asked for a topic and was told why it cannot have it. Clients ask again and again; recorded once
/// a connection, topic and error.
struct TopicRefused {
  Line line = 0;
  std::string program = {};
  int connection = 0;
  Moment at = {};
  std::string topic = {};
  std::string error = {};  ///< Kafka's name of it: "UNKNOWN_TOPIC_OR_PART"
};

/// A batch that a program sent to a partition. A client that repeats a request sends the batch again.
struct SentBatch {
  Line line = 0;
  std::string program = {};
  int connection = 0;
  int request = 0;  ///< correlation id: unique in its connection among those not yet answered
  Moment at = {};
  std::string topic = {};
  int partition = 0;
  int acks = -1;             ///< 0: asks for no acknowledgement; 1: the leader's; -1: of all in-sync replicas
  std::string codec = {};    ///< "none", "gzip", "snappy", "lz4", "zstd"
  std::size_t messages = 0;  ///< Kafka's records; klab calls those of the sample records
  std::vector<std::string> ids = {};  ///< of the records of the sample in them, in their order
  std::int64_t producer_id = -1;      ///< -1: not idempotent
  int producer_epoch = -1;
  int base_sequence = -1;
  std::optional<std::string> transactional_id = {};
};

/// What the broker said of a sent batch.
struct Answered {
  Line line = 0;
  std::string program = {};
  int connection = 0;
  int request = 0;
  Moment at = {};
  std::string topic = {};
  int partition = 0;
  std::string error = {};         ///< "" when it is acknowledged; else Kafka's name of the error
  std::int64_t base_offset = -1;  ///< of the batch's first message

  bool is_acknowledged() const { return error.empty(); }
};

/// Messages of one response that a program's client hands on: not those before the position it had asked for,
/// not those of aborted transactions if it reads committed ones only. The program itself may still have left
/// them lying in its client.
struct Delivered {
  Line line = 0;
  std::string program = {};
  int connection = 0;
  std::optional<Moment> asked = {};  ///< a broker may let a Fetch wait (fetch.max.wait.ms)
  Moment at = {};
  std::string topic = {};
  int partition = 0;
  std::vector<std::int64_t> offsets = {};  ///< ascending

  Moment asked_by() const { return asked.value_or(at); }  ///< at the latest
};

/// A program began to read a partition at an offset that does not follow what it was given before.
struct FetchStarted {
  Line line = 0;
  std::string program = {};
  int connection = 0;
  Moment at = {};
  std::string topic = {};
  int partition = 0;
  std::int64_t offset = 0;
  bool is_read_committed = false;
};

/// A member was taken into a group.
struct Joined {
  Line line = 0;
  std::string program = {};
  Moment at = {};
  std::string group = {};
  std::string member = {};
  std::optional<std::string> instance = {};  ///< group.instance.id
  std::string protocol = {};                 ///< "classic" or "consumer" (KIP-848)
  int generation = 0;                        ///< or the member's epoch
  std::vector<std::string> topics = {};      ///< that it subscribes to
};

/// The partitions of the subscribed topics that are a member's from now on, all of them.
struct Assigned {
  Line line = 0;
  std::string program = {};
  Moment at = {};
  std::string group = {};
  std::string member = {};
  int generation = 0;
  std::vector<PartitionName> partitions = {};
  bool is_incremental = false;  ///< these come to those that it has already
  bool is_manual = false;       ///< the member chose them itself; no group gave them
};

/// Partitions that a member has given up.
struct Revoked {
  Line line = 0;
  std::string program = {};
  Moment at = {};
  std::string group = {};
  std::string member = {};
  std::vector<PartitionName> partitions = {};
  OwnershipEnd end = OwnershipEnd::revoked;
};

/// A member said goodbye. One that just vanishes does not; who saw it vanish may record it with its end.
struct Left {
  Line line = 0;
  std::string program = {};
  Moment at = {};
  std::string group = {};
  std::string member = {};
  OwnershipEnd end = OwnershipEnd::closed;
};

/// A position that a program committed, or tried to. Where its connection ended before an answer came the
/// broker may have taken it or not: its outcome is unknown.
struct CommitAnswered {
  Line line = 0;
  std::string program = {};
  std::optional<Moment> asked = {};
  Moment at = {};  ///< when it was answered, or its connection was over
  std::string group = {};
  std::string member = {};  ///< "" without membership
  std::string topic = {};
  int partition = 0;
  std::int64_t offset = 0;  ///< of the next message to be read
  std::string error = {};   ///< "" when it took effect, or will with its transaction
  std::optional<std::string> transactional_id = {};
  std::optional<CallOutcome> outcome = {};  ///< absent: as `error` says
  std::optional<std::string> transaction = {};

  /// Surely, or will with its transaction.
  bool took_effect() const { return outcome ? *outcome == CallOutcome::ok : error.empty(); }
  bool is_unknown() const { return outcome == CallOutcome::unknown; }
  Moment asked_by() const { return asked.value_or(at); }  ///< at the latest
};

/// A position that a program was told its group had committed.
struct Resumed {
  Line line = 0;
  std::string program = {};
  Moment at = {};
  std::string group = {};
  std::string topic = {};
  int partition = 0;
  std::int64_t offset = -1;  ///< -1: none was committed
};

/// `unknown`: the producer asked for an end, or vanished, and was not told how it ended.
enum class TransactionStep { begun, committed, aborted, unknown };

std::string_view name_of(TransactionStep step);

/// A step of a producer's transaction. Begun is what first belongs to it: a batch, a partition or offsets
/// added.
struct TransactionStepped {
  Line line = 0;
  std::string program = {};
  std::optional<Moment> asked = {};  ///< when the program asked for it
  Moment at = {};                    ///< when it was told the outcome; for `begun` the same
  std::string transactional_id = {};
  std::int64_t producer_id = -1;
  int producer_epoch = -1;
  TransactionStep step = TransactionStep::begun;
  std::string error = {};                       ///< "" when it took effect
  std::optional<std::string> transaction = {};  ///< its name, where the recorder gives each one

  Moment asked_by() const { return asked.value_or(at); }  ///< at the latest
};

/// For a while a program's acknowledgements were kept back by the tap: the broker had what it sent, the
/// program did not hear so.
struct AcknowledgementsHeld {
  Line line = 0;
  std::string program = {};
  Moment from = {};  ///< the first response that was held arrived at the tap
  Moment until = {};
};

/// How well a program was heard, recorded at its end. A program without it was not heard at all.
struct Overheard {
  Line line = 0;
  std::string program = {};
  std::size_t connections = 0;
  std::size_t requests = 0;
  std::size_t responses = 0;
  std::size_t opaque = 0;  ///< frames, batches and connections that could not be understood
  std::string why = {};    ///< the first of these was not; empty where none was, or nobody knows
};

}  // namespace klab
