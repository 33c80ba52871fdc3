#include "checks/transactions/commits_and_aborts.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

constexpr auto kCommitted = TransactionStep::committed;
constexpr auto kAborted = TransactionStep::aborted;

Verdict judge(const History& history) { return commits_and_aborts(history, "producer", 2); }

/// A sample of four records, and a producer that ended well.
HistoryOf four_to_send() {
  HistoryOf history("t");
  return history.sample(4).exited("producer-1").overheard("producer-1");
}

HistoryOf& with(HistoryOf& history, const std::string& program, const std::vector<std::size_t>& records,
                TransactionStep step) {
  return history.begun(program).sent_in_transaction(program, 0, records).ended(program, step);
}

TEST(CommitsAndAborts, HoldsWhereOneRunDoesBoth) {
  HistoryOf history = four_to_send();
  with(history, "producer-1", {0, 1}, kAborted);
  const Verdict verdict = judge(with(history, "producer-1", {2, 3}, kCommitted));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "producer-1 committed 1 transaction and aborted 1");
}

TEST(CommitsAndAborts, HoldsWhereTheSecondRunDoesBoth) {
  HistoryOf history = four_to_send().exited("producer-2").overheard("producer-2");
  with(history, "producer-1", {0, 1}, kCommitted);
  with(history, "producer-1", {2, 3}, kCommitted);
  with(history, "producer-2", {0, 1}, kCommitted);
  EXPECT_EQ(name_of(judge(with(history, "producer-2", {2, 3}, kAborted)).outcome), "holds");
}

TEST(CommitsAndAborts, IsUndecidedWhereAllAreAlike) {
  HistoryOf history = four_to_send();
  with(history, "producer-1", {0, 1}, kCommitted);
  const Verdict verdict = judge(with(history, "producer-1", {2, 3}, kCommitted));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "all 2 transactions in 1 run were committed: that may be chance");
}

TEST(CommitsAndAborts, DoesNotPoolRuns) {
  HistoryOf history = four_to_send().exited("producer-2").overheard("producer-2");
  with(history, "producer-1", {0, 1}, kCommitted);
  with(history, "producer-1", {2, 3}, kCommitted);
  with(history, "producer-2", {0, 1}, kAborted);
  const Verdict verdict = judge(with(history, "producer-2", {2, 3}, kAborted));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "all 4 transactions in 2 runs were alike in each: that may be chance");
}

TEST(CommitsAndAborts, RefutesAbortsThatAreOnlyLeftOut) {
  HistoryOf building = four_to_send();
  const History history = with(building, "producer-1", {0, 1}, kCommitted);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 run left out whole transactions of the sample, and aborted none");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.programs[0]));
  EXPECT_EQ(verdict.evidence[0].note,
            "producer-1 committed 1 transaction and aborted 0; 2 records of the sample it never sent");
}

TEST(CommitsAndAborts, DoesNotTakeOneLostRecordForAnAbort) {
  HistoryOf history = four_to_send();
  EXPECT_EQ(name_of(judge(with(history, "producer-1", {0, 1, 2}, kCommitted)).outcome), "undecided");
}

TEST(CommitsAndAborts, DoesNotTakeAnEarlyDeathForAborts) {
  HistoryOf history("t");
  history.sample(4).exited("producer-1", 1).overheard("producer-1");
  EXPECT_EQ(name_of(judge(with(history, "producer-1", {0, 1}, kCommitted)).outcome), "undecided");
}

TEST(CommitsAndAborts, IsUndecidedWithoutATransactionThatEnded) {
  EXPECT_EQ(name_of(judge(four_to_send()).outcome), "undecided");
  EXPECT_EQ(name_of(judge(four_to_send().begun("producer-1")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("producer-1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
