#include "checks/transactions/records_a_transaction.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kCommitted = TransactionStep::committed;
constexpr auto kAborted = TransactionStep::aborted;

HistoryOf heard() {
  HistoryOf history("t");
  return history.exited("producer-1").overheard("producer-1");
}

/// Adds a transaction with these records.
HistoryOf& with(HistoryOf& history, const std::vector<std::size_t>& records, TransactionStep step) {
  history.begun("producer-1");
  if (!records.empty()) history.sent_in_transaction("producer-1", 0, records);
  return history.ended("producer-1", step);
}

Verdict judge(const History& history) { return records_a_transaction(history, "producer", 2); }

TEST(RecordsATransaction, HoldsWhenEachHasAsManyHoweverItEnds) {
  HistoryOf history = heard();
  with(history, {0, 1}, kCommitted);
  const Verdict verdict = judge(with(history, {2, 3}, kAborted));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "2 records in each of 2 transactions");
}

TEST(RecordsATransaction, CountsBatchesOfSeveralPartitionsAndNoRetries) {
  EXPECT_EQ(name_of(judge(heard()
                              .begun("producer-1")
                              .sent_in_transaction("producer-1", 0, {0})
                              .sent_again()
                              .sent_in_transaction("producer-1", 1, {1})
                              .ended("producer-1", kCommitted))
                        .outcome),
            "holds");
}

TEST(RecordsATransaction, RefutesACommitOfFewer) {
  HistoryOf building = heard();
  with(building, {0, 1}, kCommitted);
  const History history = with(building, {2}, kCommitted);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 2 transactions does not hold 2 records");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.transactions[2], history.transactions[3]));
}

TEST(RecordsATransaction, RefutesMoreEvenWhereItIsAborted) {
  HistoryOf history = heard();
  EXPECT_EQ(name_of(judge(with(history, {0, 1, 2}, kAborted)).outcome), "refuted");
}

TEST(RecordsATransaction, IsUndecidedWhereAnAbortDroppedRecords) {
  HistoryOf history = heard();
  with(history, {0, 1}, kCommitted);
  const Verdict verdict = judge(with(history, {2}, kAborted));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "of 1 aborted transaction fewer than 2 records left the program");
}

struct ShortAbort : testing::Test {
  /// Its only record is made at 0.9 s, leaves at 1 s, and is stored at offset 0; the end is asked for at 3 s.
  HistoryOf aborted_late() {
    HistoryOf history = heard();
    history.at(1s).begun("producer-1").sent_in_transaction("producer-1", 0, {0}).answered(0);
    history.at(3s).ended("producer-1", kAborted);
    return history.stored(0, 0, 0).created(900ms);
  }
};

TEST_F(ShortAbort, IsRefutedWhereTheClientHadNoMore) {
  const Verdict verdict = judge(aborted_late());
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 1 transaction does not hold 2 records");
}

TEST_F(ShortAbort, IsUndecidedWhereTheClientKeepsRecordsBack) {
  HistoryOf history = aborted_late();
  history.at(6s).begun("producer-1").sent_in_transaction("producer-1", 0, {1, 2}).answered(1);
  history.ended("producer-1", kCommitted).stored(0, 1, 1).created(4s).stored(0, 2, 2).created(4s);
  EXPECT_EQ(name_of(judge(history).outcome), "undecided");
}

TEST_F(ShortAbort, IsUndecidedWhereItsTimesCannotBeTrue) {
  EXPECT_EQ(name_of(judge(aborted_late().created(2s)).outcome), "undecided") << "made after it was sent";
  HistoryOf not_stored = heard();
  not_stored.at(1s).begun("producer-1").sent_in_transaction("producer-1", 0, {0}).answered(0);
  EXPECT_EQ(name_of(judge(not_stored.at(3s).ended("producer-1", kAborted)).outcome), "undecided");
}

TEST_F(ShortAbort, IsUndecidedWhereItWasNotAnsweredOrAbortedAtOnce) {
  HistoryOf not_answered = heard();
  not_answered.at(1s).begun("producer-1").sent_in_transaction("producer-1", 0, {0});
  EXPECT_EQ(name_of(judge(not_answered.at(3s).ended("producer-1", kAborted)).outcome), "undecided");
  HistoryOf at_once = heard();
  at_once.at(1s).begun("producer-1").sent_in_transaction("producer-1", 0, {0}).answered(0);
  at_once.at(1900ms).ended("producer-1", kAborted).stored(0, 0, 0).created(900ms);
  EXPECT_EQ(name_of(judge(at_once).outcome), "undecided");
}

TEST_F(ShortAbort, IsPassedOverWhereItWasTriedAgain) {
  HistoryOf history = aborted_late();
  history.at(6s).begun("producer-1").sent_in_transaction("producer-1", 0, {0, 1}).answered(1);
  history.ended("producer-1", kCommitted).stored(0, 1, 0).created(6s).stored(0, 2, 1).created(6s);
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(RecordsATransaction, PassesOverOneThatWasTriedAgain) {
  HistoryOf history = heard();
  with(history, {0}, kAborted);
  EXPECT_EQ(name_of(judge(with(history, {0, 1}, kCommitted)).outcome), "holds");
}

TEST(RecordsATransaction, IsUndecidedWithoutTransactions) {
  EXPECT_EQ(name_of(judge(heard()).outcome), "undecided");
  EXPECT_EQ(name_of(judge(heard().begun("producer-1").sent_in_transaction("producer-1", 0, {0})).outcome),
            "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("producer-1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
