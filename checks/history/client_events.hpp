#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/moment.hpp"

namespace klab {

// What clients say of themselves: the events of histories that other systems recorded. Joined, Assigned,
// Revoked, Left, CommitAnswered and TransactionStepped (wire_events.hpp) belong to that vocabulary too.
// Absent is what the recorder does not know. docs/history.md says how to translate a log into them.

enum class SendOutcome : std::uint8_t { acked, failed, unknown };
enum class CallOutcome : std::uint8_t { ok, failed, unknown };
enum class Isolation : std::uint8_t { read_uncommitted, read_committed };

/// How a member came to lose a partition. What is revoked or closed was the member's until then; what is
/// lost, fenced or crashed may have been another's before the member knew.
enum class OwnershipEnd : std::uint8_t { revoked, lost, closed, crashed, fenced };

std::string_view name_of(SendOutcome outcome);
std::string_view name_of(CallOutcome outcome);
std::string_view name_of(Isolation isolation);
std::string_view name_of(OwnershipEnd end);

/// One record that a producer was told to send, with what came of it.
struct Send {
  Line line = 0;
  std::string producer = {};
  std::string id = {};  ///< unique in the history; a record sent again by the program itself has it twice
  std::string topic = {};
  std::optional<int> partition = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> key = {};
  std::optional<Moment> begin = {};
  std::optional<Moment> end = {};      ///< when the producer knew the outcome
  std::optional<std::int64_t> n = {};  ///< its place in the order of the producer's calls
  SendOutcome outcome = SendOutcome::unknown;
  std::optional<std::string> transaction = {};
};

struct PolledRecord {
  std::string topic = {};
  int partition = 0;
  std::int64_t offset = 0;
  bool is_unparseable = false;  ///< its content tells of no id
  std::string id = {};
  std::optional<std::string> key = {};
};

/// What one call of a member's poll returned.
struct Poll {
  Line line = 0;
  std::string member = {};
  std::optional<std::string> group = {};
  std::optional<Isolation> isolation = {};
  std::optional<Moment> begin = {};
  Moment at = {};  ///< when it returned
  CallOutcome outcome = CallOutcome::ok;
  std::optional<std::string> transaction = {};
  std::vector<PolledRecord> records = {};
};

/// A member chose its position.
struct Seek {
  Line line = 0;
  std::string member = {};
  std::optional<std::string> group = {};
  Moment at = {};
  std::string topic = {};
  int partition = 0;
  std::optional<std::int64_t> offset = {};  ///< absent: to the beginning, the end, or a time
};

/// A producer waited for all that it had sent.
struct Flush {
  Line line = 0;
  std::string producer = {};
  Moment begin = {};
  Moment end = {};
  CallOutcome outcome = CallOutcome::ok;
};

}  // namespace klab
