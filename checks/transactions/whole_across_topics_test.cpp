#include "checks/transactions/whole_across_topics.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

constexpr auto kCommitted = TransactionStep::committed;
constexpr auto kAborted = TransactionStep::aborted;
constexpr auto kProducer = "producer-1";

/// Topics of one partition, read to their end at offset 9.
HistoryOf heard() {
  HistoryOf history("a", 1);
  history.exited(kProducer).overheard(kProducer).drained(0, 0, 9);
  return history.topic("b", 1).drained(0, 0, 9);
}

Verdict judge(const History& history) { return whole_across_topics(history, "producer", {"a", "b"}, 1); }

/// Sends a record to the topic, where it is stored.
HistoryOf& to(HistoryOf& history, const std::string& topic, std::int64_t offset, RecordState state) {
  history.topic(topic, 1).sent_in_transaction(kProducer, 0, {0}).answered(offset);
  return history.stored(0, offset, 0).in_state(state);
}

HistoryOf& to_both(HistoryOf& history, std::int64_t offset, RecordState state_in_b, TransactionStep step) {
  history.begun(kProducer);
  to(history, "a", offset, step == kCommitted ? RecordState::committed : RecordState::aborted);
  return to(history, "b", offset, state_in_b).ended(kProducer, step);
}

TEST(WholeAcrossTopics, HoldsWhenEachTransactionHasItsRecordsInBoth) {
  HistoryOf history = heard();
  to_both(history, 0, RecordState::committed, kCommitted);
  const Verdict verdict = judge(to_both(history, 2, RecordState::aborted, kAborted));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "2 transactions of 1 + 1 records");
}

TEST(WholeAcrossTopics, RefutesATransactionForEachTopic) {
  HistoryOf history = heard();
  history.begun(kProducer);
  to(history, "a", 0, RecordState::committed).ended(kProducer, kCommitted).begun(kProducer);
  const Verdict verdict = judge(to(history, "b", 0, RecordState::committed).ended(kProducer, kCommitted));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "2 of 2 transactions do not hold 1 + 1 records");
  EXPECT_NE(verdict.evidence.at(0).note.find("holds 1 + 0 records"), std::string::npos);
}

TEST(WholeAcrossTopics, RefutesRecordsOutsideOfTransactions) {
  HistoryOf history = heard();
  to_both(history, 0, RecordState::committed, kCommitted);
  EXPECT_EQ(judge(history.sent(kProducer, 0, {1})).actual, "1 batch was sent outside of any transaction");
}

// A program's log of its own, say.
TEST(WholeAcrossTopics, DoesNotAskWhatIsSentToOtherTopics) {
  HistoryOf heard_of = heard();
  to_both(heard_of, 0, RecordState::committed, kCommitted);
  History history = heard_of.sent(kProducer, 0, {1});
  history.sent.back().topic = "audit";
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(WholeAcrossTopics, RefutesOneThatCanBeSeenInPart) {
  HistoryOf history = heard();
  const Verdict verdict = judge(to_both(history, 0, RecordState::aborted, kCommitted));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 1 transaction can be seen in part");
}

TEST(WholeAcrossTopics, DoesNotMindWhatIsNotDecidedYet) {
  HistoryOf history = heard();
  EXPECT_EQ(name_of(judge(to_both(history, 0, RecordState::open, kCommitted)).outcome), "holds");
}

TEST(WholeAcrossTopics, PassesOverAnAbortThatDroppedRecords) {
  HistoryOf history = heard();
  to_both(history, 0, RecordState::committed, kCommitted).begun(kProducer);
  EXPECT_EQ(name_of(judge(to(history, "a", 2, RecordState::aborted).ended(kProducer, kAborted)).outcome),
            "holds");
}

TEST(WholeAcrossTopics, IsUndecidedWhereOnlySuchAbortsAreLeft) {
  HistoryOf history = heard();
  history.begun(kProducer);
  EXPECT_EQ(name_of(judge(to(history, "a", 2, RecordState::aborted).ended(kProducer, kAborted)).outcome),
            "undecided");
}

TEST(WholeAcrossTopics, RefutesAProgramWithoutAnyTransaction) {
  const Verdict verdict = judge(heard());
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(WholeAcrossTopics, IsUndecidedWhereATopicWasNotRead) {
  HistoryOf history("a", 1);
  history.exited(kProducer).overheard(kProducer).topic("b", 1);
  EXPECT_EQ(name_of(judge(to_both(history, 0, RecordState::committed, kCommitted)).outcome), "undecided");
}

TEST(WholeAcrossTopics, IsUndecidedWhereNotAllWasHeard) {
  EXPECT_EQ(name_of(judge(HistoryOf("a").exited(kProducer)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("a")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
