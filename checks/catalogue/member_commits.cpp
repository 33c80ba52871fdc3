#include "checks/catalogue/member_commits.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace klab {
namespace {

/// Whatever else there is, a client's own words among it, may have come after the commit took effect.
bool is_refusal(std::string_view error) {
  constexpr std::array<std::string_view, 14> kRefusals = {
      "UNKNOWN_MEMBER_ID",          "ILLEGAL_GENERATION",
      "FENCED_INSTANCE_ID",         "REBALANCE_IN_PROGRESS",
      "FENCED_MEMBER_EPOCH",        "STALE_MEMBER_EPOCH",
      "INVALID_GROUP_ID",           "GROUP_ID_NOT_FOUND",
      "GROUP_AUTHORIZATION_FAILED", "TOPIC_AUTHORIZATION_FAILED",
      "OFFSET_METADATA_TOO_LARGE",  "INVALID_COMMIT_OFFSET_SIZE",
      "INVALID_PRODUCER_EPOCH",     "PRODUCER_FENCED"};
  return std::ranges::find(kRefusals, error) != kRefusals.end();
}

CallOutcome outcome_of(const CommitAnswered& event) {
  if (event.outcome) return *event.outcome;
  if (event.error.empty() || event.error == "NONE") return CallOutcome::ok;
  return is_refusal(event.error) ? CallOutcome::failed : CallOutcome::unknown;
}

/// The ownership in which it was asked for: the answer may come after the partition was given up.
Name ownership_of(const Model& model, const CommitAnswered& event, const Holding& holding) {
  if (!event.asked) return holding.ownership != kNoName ? holding.ownership : holding.former;
  const Time asked = event.asked->count();
  if (holding.former == kNoName) return holding.ownership;
  const OwnershipFact& former = model.ownerships[holding.former];
  const bool is_of_this = holding.ownership != kNoName && model.ownerships[holding.ownership].from <= asked;
  return !is_of_this && former.from <= asked && asked <= former.to ? holding.former : holding.ownership;
}

/// What a member commits it was given before. Behind a seek it may have been given it earlier too.
Time asked_after(const Model& model, const CommitFact& commit) {
  if (commit.last_read == kNoName || model.reads[commit.last_read].offset + 1 != commit.next ||
      commit.ownership == kNoName || model.ownerships[commit.ownership].moved_to != kNoOffset)
    return kUnknownTime;
  return model.polls[model.reads[commit.last_read].poll].at;
}

/// How far its member had come, where that is known.
void note_position(CommitFact& commit, const Model& model, const Holding& holding) {
  if (holding.before == Before::nothing) commit.last_read = holding.last_ok;
  if (commit.last_read != kNoName || commit.ownership == kNoName) return;
  const bool has_sought = model.ownerships[commit.ownership].moved_to != kNoOffset;
  if (holding.before == Before::seek) commit.sought = holding.sought.target;
  commit.has_read_nothing = commit.sought != kNoOffset || (holding.before == Before::nothing && !has_sought);
}

void add_member(CommitFact& commit, ModelBuilder& builder, Holdings& holdings, const CommitAnswered& event) {
  commit.member = builder.member(event.group, event.member, event.line);
  MemberFact& member = builder.model.members[commit.member];
  const Holding& holding = holdings.of(commit.member, commit.partition);
  commit.ownership = ownership_of(builder.model, event, holding);
  const bool was_asked_before = event.asked && event.asked->count() <= holding.since;
  if (!holdings.is_doubtful(commit.member, holding) && !holding.is_unsure && !member.may_be_rebalanced &&
      commit.ownership == holding.ownership && !was_asked_before)
    note_position(commit, builder.model, holding);
  if (!event.asked) commit.asked = asked_after(builder.model, commit);
  commit.follows_own_revoke = holdings.has_given_up(commit.member, commit.partition);
  commit.is_fenced = commit.outcome == CallOutcome::failed;
  if (commit.is_fenced && member.fenced_from == kUnknownTime) member.fenced_from = event.asked_by().count();
}

void settle_with_transaction(CommitFact& commit, ModelBuilder& builder, const CommitAnswered& event) {
  if (commit.outcome == CallOutcome::failed) return;
  Name index = kNoName;
  if (event.transaction) index = builder.transaction_named(*event.transaction);
  if (index == kNoName) {
    if (event.transactional_id) commit.outcome = CallOutcome::unknown;
    return;
  }
  const TransactionFact& transaction = builder.model.transactions[index];
  using End = TransactionFact::End;
  commit.outcome = transaction.end == End::committed ? CallOutcome::ok
                   : transaction.end == End::aborted ? CallOutcome::failed
                                                     : CallOutcome::unknown;
  if (transaction.at != kUnknownTime) commit.at = std::max(commit.at, transaction.at);
}

}  // namespace

void take_commit(ModelBuilder& builder, Holdings& holdings, const CommitAnswered& event) {
  CommitFact commit{.next = event.offset,
                    .asked = event.asked ? event.asked->count() : kUnknownTime,
                    .at = event.at.count(),
                    .line = static_cast<std::uint32_t>(event.line),
                    .group = builder.model.texts.add(event.group),
                    .partition = builder.partition(event.topic, event.partition),
                    .outcome = outcome_of(event)};
  builder.saw(commit.at);
  if (!event.member.empty()) add_member(commit, builder, holdings, event);
  settle_with_transaction(commit, builder, event);
  builder.model.commits.push_back(commit);
}

}  // namespace klab
