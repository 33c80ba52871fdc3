#include "checks/transactions/ends_transactions.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

Verdict judge(const History& history) { return ends_transactions(history, "producer"); }

HistoryOf one_begun() {
  HistoryOf history("t");
  return history.exited("producer-1")
      .overheard("producer-1")
      .begun("producer-1")
      .sent_in_transaction("producer-1", 0, {0});
}

TEST(EndsTransactions, HoldsForCommitsAndAborts) {
  const Verdict verdict = judge(one_begun()
                                    .ended("producer-1", TransactionStep::committed)
                                    .begun("producer-1")
                                    .ended("producer-1", TransactionStep::aborted));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "2 transactions ended");
}

TEST(EndsTransactions, RefutesOneThatIsLeftOpen) {
  const History history = one_begun().ended("producer-1", TransactionStep::committed).begun("producer-1");
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 2 transactions never ended");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.transactions[2]));
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(EndsTransactions, RefutesAnEndThatTheBrokerRefused) {
  EXPECT_EQ(
      name_of(
          judge(one_begun().ended("producer-1", TransactionStep::committed, "INVALID_TXN_STATE")).outcome),
      "refuted");
}

TEST(EndsTransactions, RefutesRecordsOutsideOfTransactions) {
  const Verdict verdict =
      judge(one_begun().ended("producer-1", TransactionStep::committed).sent("producer-1", 0, {1}));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 batch was sent outside of any transaction");
}

TEST(EndsTransactions, IsNotConcernedWithTopicsOfTheProgramsOwn) {
  History history = one_begun().ended("producer-1", TransactionStep::committed).sent("producer-1", 0, {});
  history.sent.back().topic = "its-own";
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(EndsTransactions, RefutesAProgramWithoutAnyTransaction) {
  const Verdict verdict = judge(HistoryOf("t").exited("producer-1", 1).overheard("producer-1"));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "the producer began no transaction");
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(EndsTransactions, IsUndecidedWhenNothingRanOrNotAllWasHeard) {
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("consumer-1")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("producer-1").begun("producer-1")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("producer-1").overheard("producer-1", 1)).outcome),
            "undecided");
}

}  // namespace
}  // namespace klab
