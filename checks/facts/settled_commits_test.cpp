#include "checks/facts/settled_commits.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

using namespace std::chrono_literals;

CommitAnswered commit(std::optional<std::string> transactional_id) {
  return {.line = 5, .at = 1s, .topic = "t", .offset = 7, .transactional_id = std::move(transactional_id)};
}

TransactionStepped step(Line line, TransactionStep step, const std::string& error = "") {
  return {.line = line, .at = 3s, .transactional_id = "tx", .step = step, .error = error};
}

CommitAnswered settled(const std::vector<TransactionStepped>& steps) {
  const History history{.commits = {commit("tx")}, .transactions = steps};
  return settled_commits(history).at(0);
}

TEST(SettledCommits, AreLeftAsTheyAreOutsideOfTransactions) {
  History history{.commits = {commit(std::nullopt)}, .transactions = {step(6, TransactionStep::aborted)}};
  EXPECT_TRUE(settled_commits(history).at(0).took_effect());
  EXPECT_EQ(settled_commits(history).at(0).at, 1s);
  history.commits[0].error = "ILLEGAL_GENERATION";
  EXPECT_FALSE(settled_commits(history).at(0).took_effect());
}

TEST(SettledCommits, TakeEffectWhenTheirTransactionIsCommitted) {
  const CommitAnswered committed = settled(
      {step(4, TransactionStep::aborted), step(6, TransactionStep::committed, "CONCURRENT_TRANSACTIONS"),
       step(7, TransactionStep::committed), step(8, TransactionStep::aborted)});
  EXPECT_TRUE(committed.took_effect());
  EXPECT_EQ(committed.at, 3s);
}

TEST(SettledCommits, NeverTakeEffectWhereTheirTransactionIsAborted) {
  const CommitAnswered aborted = settled({step(6, TransactionStep::aborted)});
  EXPECT_FALSE(aborted.took_effect() || aborted.is_unknown());
}

TEST(SettledCommits, AreUnknownWhereNobodyKnowsHowTheirTransactionEnded) {
  EXPECT_TRUE(settled({}).is_unknown());
  EXPECT_TRUE(settled({step(6, TransactionStep::begun)}).is_unknown());
  EXPECT_TRUE(settled({step(6, TransactionStep::unknown)}).is_unknown());
}

}  // namespace
}  // namespace klab
