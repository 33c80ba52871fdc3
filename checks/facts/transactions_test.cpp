#include "checks/facts/transactions.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(TransactionsOf, AreWhatLiesBetweenABeginAndAnEnd) {
  const History history = HistoryOf("t")
                              .at(1s)
                              .begun("producer-1")
                              .sent_in_transaction("producer-1", 0, {0, 1})
                              .at(2s)
                              .sent_in_transaction("producer-1", 1, {2})
                              .at(4s)
                              .ended("producer-1", TransactionStep::committed)
                              .at(5s)
                              .begun("producer-1")
                              .at(6s)
                              .ended("producer-1", TransactionStep::aborted);
  const auto all = transactions_of(history, "producer-1");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_TRUE(all[0].is_committed());
  EXPECT_EQ(all[0].messages(), 3u);
  EXPECT_EQ(all[0].messages_to("t"), 3u);
  EXPECT_EQ(all[0].messages_to("other"), 0u);
  EXPECT_EQ(describe(all[0], 1), "transaction 1 of producer-1, committed at 4.000 s");
  EXPECT_TRUE(all[1].is_aborted());
  EXPECT_EQ(all[1].messages(), 0u);
}

TEST(TransactionsOf, DoNotCountABatchThatIsSentAgain) {
  const History history = HistoryOf("t")
                              .begun("producer-1")
                              .sent_in_transaction("producer-1", 0, {0, 1})
                              .sent_again()
                              .ended("producer-1", TransactionStep::committed);
  EXPECT_EQ(transactions_of(history, "producer-1").at(0).messages(), 2u);
}

TEST(TransactionsOf, LastUntilAnEndIsNotRefused) {
  const History history = HistoryOf("t")
                              .begun("producer-1")
                              .at(3s)
                              .ended("producer-1", TransactionStep::committed, "CONCURRENT_TRANSACTIONS")
                              .at(4s)
                              .ended("producer-1", TransactionStep::committed);
  const auto all = transactions_of(history, "producer-1");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_TRUE(all[0].is_committed());
  EXPECT_EQ(all[0].end_asked, 3s);
}

TEST(TransactionsOf, LastUntilAnEndIsToldWhereOneWasNotAnswered) {
  HistoryOf history = HistoryOf("t").begun("producer-1").at(3s).ended("producer-1", TransactionStep::unknown);
  const History unanswered = history;
  EXPECT_NE(transactions_of(unanswered, "producer-1").at(0).ended, nullptr);
  EXPECT_FALSE(transactions_of(unanswered, "producer-1").at(0).is_committed());
  const History asked_again = history.at(4s).ended("producer-1", TransactionStep::committed);
  EXPECT_TRUE(transactions_of(asked_again, "producer-1").at(0).is_committed());
  EXPECT_EQ(transactions_of(asked_again, "producer-1").at(0).end_asked, 3s);
}

TEST(TransactionsOf, AreThoseOfOneProgram) {
  const History history = HistoryOf("t")
                              .begun("producer-1")
                              .begun("producer-2")
                              .sent_in_transaction("producer-2", 0, {0})
                              .ended("producer-2", TransactionStep::aborted);
  const auto all = transactions_of(history, "producer-1");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].ended, nullptr);
  EXPECT_TRUE(all[0].batches.empty());
}

}  // namespace
}  // namespace klab
