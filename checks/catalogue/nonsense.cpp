#include "checks/catalogue/nonsense.hpp"

#include <fmt/format.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

BadInput error(Line line, const char* field, const std::string& expected, const auto& actual) {
  return BadInput(fmt::format("{}: field \"{}\": expected {}, got {}", line, field, expected, actual));
}

void expect_name(Line line, const char* field, const std::string& name) {
  if (name.empty()) throw error(line, field, "a text that is not empty", "\"\"");
}

void expect_at_least(std::int64_t least, Line line, const char* field, std::int64_t number) {
  if (number < least) throw error(line, field, fmt::format("a number of at least {}", least), number);
}

class Nonsense {
 public:
  Nonsense(const History& history, const Policy& policy) : history_(history), policy_(policy) {}

  void refuse() const {
    for (const Send& send : history_.sends) look_at(send);
    for (const Poll& poll : history_.polls) look_at(poll);
    for (const Joined& joined : history_.joined) expect_name(joined.line, "member", joined.member);
    for (const Assigned& assigned : history_.assigned) look_at_partitions(assigned);
    for (const Revoked& revoked : history_.revoked) look_at_partitions(revoked);
    for (const Left& left : history_.left) look_at(left);
    for (const CommitAnswered& commit : history_.commits) look_at(commit);
    for (const TransactionStepped& step : history_.transactions) expect_asked_before(step);
    for (const Flush& flush : history_.flushes)
      expect_order(flush.line, "end_us", flush.end, "begin_us", flush.begin);
    for (const Topic& topic : history_.topics) expect_at_least(1, topic.line, "partitions", topic.partitions);
    for (const DrainedPartition& drained : history_.drained) look_at(drained);
    for (const LoggedRecord& logged : history_.logged) look_at_place(logged);
  }

 private:
  void look_at(const Send& send) const {
    expect_name(send.line, "id", send.id);
    expect_name(send.line, "topic", send.topic);
    if (send.begin && send.end) expect_order(send.line, "end_us", *send.end, "begin_us", *send.begin);
  }

  void look_at(const Poll& poll) const {
    expect_name(poll.line, "member", poll.member);
    if (poll.begin) expect_order(poll.line, "at_us", poll.at, "begin_us", *poll.begin);
    for (const PolledRecord& record : poll.records) {
      expect_name(poll.line, "topic", record.topic);
      if (!record.is_unparseable) expect_name(poll.line, "id", record.id);
    }
  }

  static void look_at_partitions(const auto& event) {
    expect_name(event.line, "member", event.member);
    for (const PartitionName& name : event.partitions) {
      expect_name(event.line, "topic", name.topic);
      expect_at_least(0, event.line, "partition", name.partition);
    }
  }

  static void look_at(const Left& left) {
    expect_name(left.line, "member", left.member);
    if (left.end == OwnershipEnd::revoked)
      throw error(left.line, "end", "closed, crashed, lost or fenced", "\"revoked\"");
  }

  static void look_at_place(const auto& event) {
    expect_name(event.line, "topic", event.topic);
    expect_at_least(0, event.line, "partition", event.partition);
    if constexpr (requires { event.offset; }) expect_at_least(0, event.line, "offset", event.offset);
  }

  void look_at(const CommitAnswered& commit) const {
    look_at_place(commit);
    expect_asked_before(commit);
  }

  static void look_at(const DrainedPartition& drained) {
    look_at_place(drained);
    expect_at_least(0, drained.line, "first", drained.first);
    expect_at_least(drained.first, drained.line, "end", drained.end);
  }

  void expect_asked_before(const auto& event) const {
    if (event.asked) expect_order(event.line, "at_us", event.at, "asked_us", *event.asked);
  }

  void expect_order(Line line, const char* field, Moment later, const char* other, Moment earlier) const {
    if (later < earlier && (earlier - later).count() > policy_.clock_error_us)
      throw error(line, field,
                  fmt::format("a time not before \"{}\" ({}), unless clock_error_us of the policy allows it",
                              other, earlier.count()),
                  later.count());
  }

  const History& history_;
  const Policy& policy_;
};

}  // namespace

void refuse_nonsense(const History& history, const Policy& policy) { Nonsense(history, policy).refuse(); }

}  // namespace klab
