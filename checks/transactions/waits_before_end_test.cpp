#include "checks/transactions/waits_before_end.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kCommitted = TransactionStep::committed;

Verdict judge(const History& history) { return waits_before_end(history, "producer", 2s, 100ms); }

/// A producer that begins at 1 s, after its start at 0.1 s.
HistoryOf begun() {
  HistoryOf history("t");
  return history.exited("producer-1").overheard("producer-1").at(1s).begun("producer-1");
}

TEST(WaitsBeforeEnd, HoldsFromTheLastRecordOn) {
  const Verdict verdict = judge(begun()
                                    .sent_in_transaction("producer-1", 0, {0})
                                    .at(2s)
                                    .sent_in_transaction("producer-1", 0, {1})
                                    .at(3950ms)
                                    .ended("producer-1", kCommitted));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "at least 1.950 s in each of 1 transaction");
}

TEST(WaitsBeforeEnd, RefutesAnEndThatComesTooSoon) {
  const History history = begun()
                              .sent_in_transaction("producer-1", 0, {0})
                              .at(3s)
                              .sent_in_transaction("producer-1", 0, {1})
                              .at(3050ms)
                              .ended("producer-1", TransactionStep::aborted);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 1 transaction ended too soon, the soonest after 0.050 s");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sent[1], history.transactions[1]));
}

TEST(WaitsBeforeEnd, DoesNotCountARetryAsTheLastRecord) {
  EXPECT_EQ(name_of(judge(begun()
                              .sent_in_transaction("producer-1", 0, {0})
                              .at(2500ms)
                              .sent_again()
                              .at(3100ms)
                              .ended("producer-1", kCommitted))
                        .outcome),
            "holds");
}

/// A record that the program made at `created`, and that left it at 2 s, for a transaction that ends at 3 s.
HistoryOf sent_late(Moment created) {
  return begun()
      .at(2s)
      .sent_in_transaction("producer-1", 0, {0})
      .answered(0)
      .at(3s)
      .ended("producer-1", kCommitted)
      .stored(0, 0, 0)
      .created(created);
}

TEST(WaitsBeforeEnd, BelievesCreateTimesOfRecordsThatLeftLate) {
  EXPECT_EQ(name_of(judge(sent_late(950ms)).outcome), "holds");
  EXPECT_EQ(name_of(judge(sent_late(1500ms)).outcome), "refuted");
}

// As of a program that writes the time of an event into its records: its client's linger shows nowhere.
TEST(WaitsBeforeEnd, DoesNotBelieveATimeBeforeTheProgramsStart) {
  EXPECT_EQ(name_of(judge(sent_late(-100ms)).outcome), "undecided") << "it may have been made at 1 s";
  const auto lingering = [](Moment end) {
    return judge(begun()
                     .at(1200ms)
                     .sent_in_transaction("producer-1", 0, {0})
                     .answered(0)
                     .at(end)
                     .ended("producer-1", kCommitted)
                     .stored(0, 0, 0)
                     .created(-100ms));
  };
  EXPECT_EQ(name_of(lingering(2890ms).outcome), "refuted");
  EXPECT_EQ(name_of(lingering(2910ms).outcome), "undecided");
  EXPECT_EQ(name_of(lingering(3110ms).outcome), "holds");
}

/// A transaction that ended at 3 s, and one whose only record leaves its program at `begin`.
HistoryOf second_transaction(Moment begin, Moment end, Moment created) {
  return sent_late(950ms)
      .at(begin)
      .begun("producer-1")
      .sent_in_transaction("producer-1", 0, {1})
      .answered(2)
      .at(end)
      .ended("producer-1", kCommitted)
      .stored(0, 2, 1)
      .created(created);
}

// KIP-890: the client tells nothing of a transaction before its first batch.
TEST(WaitsBeforeEnd, IsUndecidedWhereAStampedRecordMayHaveLingeredSinceTheEndBefore) {
  EXPECT_EQ(name_of(judge(second_transaction(3200ms, 5s, -100ms)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(second_transaction(3200ms, 4s, -100ms)).outcome), "refuted");
}

TEST(WaitsBeforeEnd, DoesNotBelieveATimeBeforeTheTransactionBefore) {
  const auto second = [](Moment created) { return second_transaction(4s, 4850ms, created); };
  EXPECT_EQ(name_of(judge(second(2800ms)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(second(2950ms)).outcome), "holds");
  History of_another_producer = second(2800ms);
  of_another_producer.sent[1].transactional_id = "another";
  for (const std::size_t step : {2u, 3u}) of_another_producer.transactions[step].transactional_id = "another";
  EXPECT_EQ(name_of(judge(of_another_producer).outcome), "holds");
}

TEST(WaitsBeforeEnd, DoesNotTakeALateTimeForAShorterWait) {
  EXPECT_EQ(name_of(judge(begun()
                              .sent_in_transaction("producer-1", 0, {0})
                              .answered(0)
                              .at(3s)
                              .ended("producer-1", kCommitted)
                              .stored(0, 0, 0)
                              .created(2s))
                        .outcome),
            "holds");
}

/// A record that its client kept back until 1.2 s and stamped then.
HistoryOf stamped_when_sent(Moment end) {
  return begun()
      .at(1200ms)
      .sent_in_transaction("producer-1", 0, {0})
      .answered(0)
      .at(end)
      .ended("producer-1", kCommitted)
      .stored(0, 0, 0)
      .created(1199ms);
}

TEST(WaitsBeforeEnd, IsUndecidedWhereTheClientMayHaveKeptRecordsBack) {
  EXPECT_EQ(name_of(judge(stamped_when_sent(3s)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(stamped_when_sent(2800ms)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(stamped_when_sent(3150ms)).outcome), "holds");
}

// franz-go keeps what it was given first until it knows the topic, and stamps it then.
TEST(WaitsBeforeEnd, IsUndecidedWhereTheFirstRecordsMayHaveWaitedForTheirTopic) {
  History history = stamped_when_sent(2800ms);
  history.connected.push_back({.program = "producer-1", .connection = 1, .at = 800ms});
  EXPECT_EQ(name_of(judge(history).outcome), "undecided");
  history.connected.back().at = 1s;
  EXPECT_EQ(name_of(judge(history).outcome), "refuted") << "since then it is too short as well";

  HistoryOf second = stamped_when_sent(3300ms);
  second.at(4s).begun("producer-1").sent_in_transaction("producer-1", 0, {1}).answered(2);
  second.at(5500ms).ended("producer-1", kCommitted).stored(0, 2, 1).created(3999ms);
  history = second;
  history.connected.push_back({.program = "producer-1", .connection = 1, .at = 800ms});
  EXPECT_EQ(name_of(judge(history).outcome), "refuted") << "only the first ones wait";
}

// KIP-890: the first batch of a transaction may come before the one before it is over, and is sent again.
TEST(WaitsBeforeEnd, BelievesCreateTimesOfABatchThatWasRefusedAtFirst) {
  const auto refused_at_first = [](Moment created) {
    return judge(begun()
                     .at(1500ms)
                     .sent_in_transaction("producer-1", 0, {0})
                     .answered(-1, "CONCURRENT_TRANSACTIONS")
                     .at(2s)
                     .sent_again()
                     .answered(0)
                     .at(3s)
                     .ended("producer-1", kCommitted)
                     .stored(0, 0, 0)
                     .created(created));
  };
  EXPECT_EQ(name_of(refused_at_first(1s).outcome), "holds");
  EXPECT_EQ(name_of(refused_at_first(1400ms).outcome), "refuted");
}

TEST(WaitsBeforeEnd, IsUndecidedWhereNoTransactionWithARecordEnded) {
  EXPECT_EQ(name_of(judge(begun().at(5s).ended("producer-1", kCommitted)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(begun().sent_in_transaction("producer-1", 0, {0})).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("producer-1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
