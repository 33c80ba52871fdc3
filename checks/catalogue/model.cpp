#include "checks/catalogue/model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/catalogue/log_book.hpp"
#include "checks/catalogue/log_order.hpp"
#include "checks/catalogue/member_life.hpp"
#include "checks/catalogue/model_builder.hpp"
#include "checks/catalogue/send_facts.hpp"

namespace klab {

Model model_of(const History& history, const Policy& policy) {
  Model model;
  ModelBuilder builder(model, history, policy);
  for (const TransactionStepped& event : history.transactions) builder.apply(event);
  add_sends_and_flushes(builder);
  follow_members(builder);
  build_logs(builder);
  note_log_orders(model, policy);
  return model;
}

CallOutcome effective_outcome(const Model& model, const SendFact& send) {
  if (send.outcome == SendOutcome::failed) return CallOutcome::failed;
  if (send.transaction == kNoName)
    return send.outcome == SendOutcome::acked ? CallOutcome::ok : CallOutcome::unknown;
  const TransactionFact& transaction = model.transactions[send.transaction];
  if (transaction.end == TransactionFact::End::committed) return CallOutcome::ok;
  if (transaction.end == TransactionFact::End::aborted) return CallOutcome::failed;
  return transaction.is_proved ? CallOutcome::ok : CallOutcome::unknown;
}

std::span<const Name> sends_of(const Model& model, Name id) {
  if (id == kNoName) return {};
  const IdFact& fact = model.of_id[id];
  if (fact.sends > 1) return model.sent_again.at(id);
  return {&fact.first_send, fact.sends};
}

const SendFact* only_send_of(const Model& model, Name id) {
  const auto sends = sends_of(model, id);
  return sends.size() == 1 ? &model.sends[sends.front()] : nullptr;
}

const SendFact* send_of(const Model& model, const ReadFact& read) {
  const auto sends = sends_of(model, read.id);
  if (sends.size() < 2) return only_send_of(model, read.id);
  bool is_any_stored = false;
  for (const Name index : sends) {
    const SendFact& send = model.sends[index];
    if (send.partition == read.partition && send.offset == read.offset) return &send;
    is_any_stored |= effective_outcome(model, send) != CallOutcome::failed;
  }
  return is_any_stored ? nullptr : &model.sends[sends.front()];
}

bool is_place_sure(const SendFact& send, const Policy& policy) {
  return send.offset != kNoOffset || send.transaction != kNoName || policy.idempotent.value_or(false) ||
         policy.retries == 0;
}

Time stored_by(const Model& model, const SendFact& send) {
  const Time acknowledged = send.outcome == SendOutcome::acked ? send.end : kUnknownTime;
  if (send.transaction == kNoName || send.outcome == SendOutcome::failed) return acknowledged;
  const TransactionFact& transaction = model.transactions[send.transaction];
  if (transaction.end != TransactionFact::End::committed) return acknowledged;
  return acknowledged == kUnknownTime ? transaction.at : std::min(acknowledged, transaction.at);
}

bool is_of_a_group(const Model& model, const OwnershipFact& ownership) {
  return !ownership.is_manual && !ownership.is_implied && model.members[ownership.member].group != kNoName;
}

bool is_due(const LogEntry& entry, bool is_read_committed) {
  return !entry.is_superseded && (entry.is_committed || !is_read_committed);
}

const LogEntry* first_due(const PartitionLog& log, std::int64_t from, std::int64_t to,
                          bool is_read_committed) {
  auto entry = std::ranges::lower_bound(log, from, {}, &LogEntry::offset);
  while (entry != log.end() && entry->offset < to && !is_due(*entry, is_read_committed)) ++entry;
  return entry != log.end() && entry->offset < to ? &*entry : nullptr;
}

std::string Model::place(Name partition) const {
  const PartitionFact& fact = partitions[partition];
  return fmt::format("{}-{}", texts[fact.topic], fact.number);
}

std::string Model::name_of_id(Name id) const {
  return id == kNoName ? "a record of unknown content" : fmt::format("\"{}\"", ids[id]);
}

}  // namespace klab
