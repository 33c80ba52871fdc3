#include "checks/catalogue/evidence_kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "checks/catalogue/copies.hpp"

namespace klab {
namespace {

std::size_t count_if(const auto& events, auto is_counted) {
  return static_cast<std::size_t>(std::ranges::count_if(events, is_counted));
}

template <SendOutcome outcome>
std::size_t sends_of(const Model& model) {
  return count_if(model.sends, [](const SendFact& send) { return send.outcome == outcome; });
}

/// With acks=0 that is known by reads alone.
std::size_t stored_sends(const Model& model) {
  return count_if(model.sends, [&](const SendFact& send) {
    return send.outcome == SendOutcome::acked ||
           (send.outcome == SendOutcome::unknown && model.of_id[send.id].is_read);
  });
}

template <TransactionFact::End end>
std::size_t transactions_of(const Model& model) {
  return count_if(model.transactions,
                  [](const TransactionFact& transaction) { return transaction.end == end; });
}

template <OwnershipEnd end>
std::size_t ended_as(const Model& model) {
  return count_if(model.ownerships, [](const OwnershipFact& ownership) {
    return ownership.to != kUnknownTime && ownership.end == end;
  });
}

std::size_t reads(const Model& model) {
  return count_if(model.reads,
                  [&](const ReadFact& read) { return model.polls[read.poll].outcome == CallOutcome::ok; });
}

std::size_t committed_reads(const Model& model) {
  return count_if(model.reads,
                  [&](const ReadFact& read) { return model.polls[read.poll].is_read_committed; });
}

std::size_t commits(const Model& model) {
  return count_if(model.commits, [](const CommitFact& commit) { return commit.outcome == CallOutcome::ok; });
}

std::size_t assignments(const Model& model) {
  return count_if(model.ownerships, [](const OwnershipFact& ownership) { return !ownership.is_implied; });
}

}  // namespace

const std::vector<EvidenceKind>& evidence_kinds() {
  static const std::vector<EvidenceKind> kKinds{
      {"sends", "sends that were acknowledged or read", stored_sends},
      {"unknown_sends", "sends of unknown outcome", sends_of<SendOutcome::unknown>},
      {"failed_sends", "sends that failed", sends_of<SendOutcome::failed>},
      {"reads", "records that polls returned", reads},
      {"committed_reads", "records that polls at read_committed returned", committed_reads},
      {"transactions", "committed transactions", transactions_of<TransactionFact::End::committed>},
      {"aborts", "aborted transactions", transactions_of<TransactionFact::End::aborted>},
      {"assignments", "assignments of a partition", assignments},
      {"rebalances", "partitions revoked from a member", ended_as<OwnershipEnd::revoked>},
      {"losses", "partitions that a member lost", ended_as<OwnershipEnd::lost>},
      {"crashes", "partitions of a member that crashed", ended_as<OwnershipEnd::crashed>},
      {"fencings", "partitions of a member that was fenced", ended_as<OwnershipEnd::fenced>},
      {"commits", "committed positions", commits},
      {"redeliveries", "offsets that a group read again", count_redeliveries},
      {"flushes", "flushes", [](const Model& model) { return model.flushes.size(); }},
      {"seeks", "seeks that a read followed", [](const Model& model) { return model.sought.size(); }},
      {"drained", "drained partitions",
       [](const Model& model) { return count_if(model.partitions, &PartitionFact::is_drained); }}};
  return kKinds;
}

void vacuous(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("the policy requires no evidence");
  std::vector<std::string_view> missing;
  for (const EvidenceKind& kind : evidence_kinds()) {
    if (std::ranges::find(policy.require, kind.name) == policy.require.end()) continue;
    findings.judged();
    if (kind.count(model) > 0) continue;
    missing.push_back(kind.what);
    findings.add([&] { return Finding{.note = fmt::format("there are no {}", kind.what)}; });
  }
  if (!missing.empty()) findings.undecided(fmt::format("not there: {}", fmt::join(missing, ", ")));
}

}  // namespace klab
