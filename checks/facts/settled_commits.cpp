#include "checks/facts/settled_commits.hpp"

#include <algorithm>

namespace klab {
namespace {

/// What ended the transaction that the commit is part of; null where nothing did.
const TransactionStepped* end_of_transaction(const History& history, const CommitAnswered& commit) {
  const auto end = std::ranges::find_if(history.transactions, [&](const TransactionStepped& step) {
    return step.line > commit.line && step.transactional_id == *commit.transactional_id &&
           step.step != TransactionStep::begun && step.error.empty();
  });
  return end == history.transactions.end() ? nullptr : &*end;
}

CommitAnswered settled(const History& history, CommitAnswered commit) {
  if (!commit.transactional_id || !commit.took_effect()) return commit;
  const TransactionStepped* end = end_of_transaction(history, commit);
  const bool is_known = end != nullptr && end->step != TransactionStep::unknown;
  commit.outcome = !is_known                                 ? CallOutcome::unknown
                   : end->step == TransactionStep::committed ? CallOutcome::ok
                                                             : CallOutcome::failed;
  if (end != nullptr) commit.at = end->at;
  return commit;
}

}  // namespace

std::vector<CommitAnswered> settled_commits(const History& history) {
  std::vector<CommitAnswered> commits;
  for (const CommitAnswered& commit : history.commits) commits.push_back(settled(history, commit));
  return commits;
}

}  // namespace klab
