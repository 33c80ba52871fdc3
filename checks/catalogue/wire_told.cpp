#include "checks/catalogue/wire_told.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "checks/facts/sample_index.hpp"

namespace klab {
namespace {

/// Errors of a produce request after which its batch is surely not stored. A leader that is deposed may have
/// appended it before (NOT_LEADER_OR_FOLLOWER, Kafka's DelayedProduce).
const std::set<std::string_view> kRefusals{"MESSAGE_TOO_LARGE",
                                           "MSG_SIZE_TOO_LARGE",
                                           "INVALID_MSG",
                                           "INVALID_RECORD",
                                           "TOPIC_AUTHORIZATION_FAILED",
                                           "UNKNOWN_TOPIC_OR_PART",
                                           "UNKNOWN_TOPIC_OR_PARTITION",
                                           "NOT_ENOUGH_REPLICAS",
                                           "INVALID_REQUIRED_ACKS",
                                           "UNSUPPORTED_FOR_MESSAGE_FORMAT",
                                           "INVALID_PRODUCER_EPOCH",
                                           "OUT_OF_ORDER_SEQUENCE_NUMBER"};

class WireTeller {
 public:
  explicit WireTeller(const History& wire) : wire_(wire) {
    told_.topics = wire.topics;
    told_.drained = wire.drained;
    told_.joined = wire.joined;
    told_.assigned = wire.assigned;
    told_.revoked = wire.revoked;
    told_.left = wire.left;
    told_.commits = wire.commits;
  }

  History tell() {
    tell_log();
    tell_sends_and_transactions();
    tell_fetches();
    return std::move(told_);
  }

 private:
  using Place = std::tuple<std::string_view, int, std::int64_t>;
  using Batch = std::tuple<int, int, std::string_view, int>;

  void tell_log() {
    const SampleIndex sample(wire_);
    for (const LoggedRecord& record : wire_.logged) {
      if (!record.value) continue;
      const std::vector<std::size_t> positions = sample.records_in_message(*record.value);
      if (positions.size() != 1) continue;
      LoggedRecord named = record;
      named.value.reset();
      named.id = wire_.sample[positions.front()].id;
      id_at_[{record.topic, record.partition, record.offset}] = *named.id;
      told_.logged.push_back(std::move(named));
    }
  }

  void tell_sends_and_transactions() {
    for (const Answered& answer : wire_.answered) answers_[batch_of(answer)].push_back(&answer);
    auto step = wire_.transactions.begin();
    for (const SentBatch& batch : wire_.sent) {
      for (; step != wire_.transactions.end() && step->line < batch.line; ++step) tell(*step);
      tell(batch);
    }
    for (; step != wire_.transactions.end(); ++step) tell(*step);
  }

  static Batch batch_of(const auto& event) {
    return {event.connection, event.request, event.topic, event.partition};
  }

  void tell(const TransactionStepped& step) {
    const bool begins = step.step == TransactionStep::begun;
    if (begins) open_.erase(step.transactional_id);
    TransactionStepped named = step;
    named.transaction = open_transaction(step.transactional_id);
    const bool is_over = !begins && step.step != TransactionStep::unknown && step.error.empty();
    if (is_over) open_.erase(step.transactional_id);
    told_.transactions.push_back(std::move(named));
  }

  std::string open_transaction(const std::string& transactional_id) {
    const auto [open, is_new] = open_.try_emplace(transactional_id, 0);
    if (is_new) open->second = ++begun_[transactional_id];
    return fmt::format("{}#{}", transactional_id, open->second);
  }

  void tell(const SentBatch& batch) {
    const Answered* answer = answer_to(batch);
    for (std::size_t i = 0; i < batch.ids.size(); ++i) {
      Send send{.line = batch.line,
                .producer = "",
                .id = batch.ids[i],
                .topic = batch.topic,
                .partition = batch.partition,
                .begin = batch.at};
      if (batch.transactional_id) send.transaction = open_transaction(*batch.transactional_id);
      if (answer != nullptr && batch.acks != 0) settle(send, batch, *answer, i);
      add(std::move(send), batch, i);
    }
  }

  const Answered* answer_to(const SentBatch& batch) const {
    const auto found = answers_.find(batch_of(batch));
    if (found == answers_.end()) return nullptr;
    for (const Answered* answer : found->second)
      if (answer->line > batch.line) return answer;
    return nullptr;
  }

  static void settle(Send& send, const SentBatch& batch, const Answered& answer, std::size_t position) {
    send.end = answer.at;
    if (answer.is_acknowledged()) {
      send.outcome = SendOutcome::acked;
      if (batch.ids.size() == batch.messages && answer.base_offset >= 0)
        send.offset = answer.base_offset + static_cast<std::int64_t>(position);
    } else if (kRefusals.contains(answer.error)) {
      send.outcome = SendOutcome::failed;
    }
  }

  /// A batch that its client sends again is one sending: it is acknowledged when one of them is, and failed
  /// only when all are. Another transaction, or another sequence number, is another sending.
  void add(Send send, const SentBatch& batch, std::size_t position) {
    const std::int64_t sequence =
        batch.base_sequence < 0 ? -1 : batch.base_sequence + static_cast<std::int64_t>(position);
    const auto [known, is_new] = sendings_.try_emplace(
        {batch.program, send.id, send.transaction.value_or(""), batch.producer_id, sequence},
        told_.sends.size());
    if (is_new) return told_.sends.push_back(std::move(send));
    Send& first = told_.sends[known->second];
    if (first.outcome == SendOutcome::acked) return;
    const bool is_settled = send.outcome == SendOutcome::acked;
    if (is_settled || first.outcome == SendOutcome::failed) {
      send.begin = first.begin;
      send.line = first.line;
      first = std::move(send);
    }
  }

  void tell_fetches() {
    std::map<std::tuple<std::string_view, int, std::string_view, int>, Isolation> isolation;
    auto start = wire_.fetch_started.begin();
    for (const Delivered& delivered : wire_.delivered) {
      for (; start != wire_.fetch_started.end() && start->line < delivered.line; ++start) {
        isolation[{start->program, start->connection, start->topic, start->partition}] =
            start->is_read_committed ? Isolation::read_committed : Isolation::read_uncommitted;
        told_.seeks.push_back({.line = start->line,
                               .member = member_of(*start),
                               .at = start->at,
                               .topic = start->topic,
                               .partition = start->partition,
                               .offset = std::max<std::int64_t>(start->offset, 0)});
      }
      const auto known =
          isolation.find({delivered.program, delivered.connection, delivered.topic, delivered.partition});
      tell(delivered, known == isolation.end() ? Isolation::read_uncommitted : known->second);
    }
  }

  static std::string member_of(const auto& event) {
    return fmt::format("{}#{}", event.program, event.connection);
  }

  void tell(const Delivered& delivered, Isolation isolation) {
    Poll poll{
        .line = delivered.line, .member = member_of(delivered), .isolation = isolation, .at = delivered.at};
    for (const std::int64_t offset : delivered.offsets) {
      const auto id = id_at_.find({delivered.topic, delivered.partition, offset});
      if (id != id_at_.end())
        poll.records.push_back(
            {.topic = delivered.topic, .partition = delivered.partition, .offset = offset, .id = id->second});
    }
    told_.polls.push_back(std::move(poll));
  }

  const History& wire_;
  History told_ = {};
  std::map<Place, std::string> id_at_ = {};
  std::map<Batch, std::vector<const Answered*>> answers_ = {};
  std::map<std::string, int, std::less<>> open_ = {};
  std::map<std::string, int, std::less<>> begun_ = {};
  std::map<std::tuple<std::string, std::string, std::string, std::int64_t, std::int64_t>, std::size_t>
      sendings_ = {};
};

}  // namespace

bool was_heard_on_the_wire(const History& history) {
  return history.sends.empty() && history.polls.empty() &&
         !(history.connected.empty() && history.sent.empty() && history.delivered.empty());
}

History client_events_of(const History& wire) { return WireTeller(wire).tell(); }

}  // namespace klab
