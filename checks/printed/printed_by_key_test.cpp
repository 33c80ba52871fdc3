#include "checks/printed/printed_by_key.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// Records 0 and 2 have the key 1, records 1 and 3 the key 2, all in partition 0.
HistoryOf four_stored() {
  HistoryOf history("t", 1);
  history.sample(5);
  for (const std::size_t record : {0u, 1u, 2u, 3u})
    history.stored(0, static_cast<std::int64_t>(record), record).with_key(record % 2 == 0 ? "1" : "2");
  return history.drained().stopped("seeker-1").told("1", "g1").stopped("seeker-2").told("2", "g2");
}

HistoryOf right_once() {
  return four_stored()
      .printed("seeker-2", 1)
      .printed("seeker-1", 0)
      .printed("seeker-1", 2)
      .printed("seeker-2", 3);
}

/// The second round: the keys the other way round.
HistoryOf run_again() {
  return right_once().stopped("seeker-3").told("2", "g3").stopped("seeker-4").told("1", "g4");
}

Verdict judge(const History& history) {
  return printed_by_key(all_given(history), "t", "seeker", {"1", "2"});
}
Verdict judge_again(const History& history) {
  return printed_by_key_again(all_given(history), "t", "seeker", {"1", "2"});
}

TEST(PrintedByKey, LetsALinePassThatNamesARecordOnceMore) {
  const Verdict verdict = judge(right_once().printed_text("seeker-1", "Last record: " + sample_text(2)));
  EXPECT_EQ(name_of(verdict.outcome), "holds") << verdict.actual;
}

TEST(PrintedByKey, HoldsWhereEachRunPrintsTheRecordsOfItsKey) {
  const Verdict verdict = judge(right_once());
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "4 records printed by the runs for 2 keys");
  EXPECT_EQ(verdict.actual, "4 records printed, each by the run for its key");
}

TEST(PrintedByKey, HoldsWhereLinesAreOnStderrOrOnBothStreams) {
  HistoryOf history = four_stored();
  for (const std::size_t record : {0u, 2u}) history.printed("seeker-1", record, Stream::err);
  for (const std::size_t record : {1u, 3u})
    history.printed("seeker-2", record).printed("seeker-2", record, Stream::err);
  EXPECT_EQ(name_of(judge(history.pattern(".")).outcome), "holds");
}

// A key of which no record was sent: its run prints nothing.
TEST(PrintedByKey, HoldsWhereAKeyHasNoRecords) {
  HistoryOf history("t", 1);
  history.sample(2).stored(0, 0, 0).with_key("1").stored(0, 1, 1).with_key("1").drained();
  history.stopped("seeker-1")
      .told("1")
      .stopped("seeker-2")
      .told("2")
      .printed("seeker-1", 0)
      .printed("seeker-1", 1);
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(PrintedByKey, RefutesARunThatPrintsAnotherKeysRecord) {
  const History history = right_once().printed("seeker-1", 1);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(
      verdict.actual,
      "seeker-1 printed 3 records; key 1 has 2, of which 0 are missing, and 1 should not be there or are "
      "there too often");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[1], history.printed[4]));
  EXPECT_EQ(verdict.evidence[0].note,
            "record 2 of the file (id 900000002) has the key \"2\", and is on line 3 of seeker-1's stdout, "
            "which was "
            "told the key \"1\"");
  EXPECT_FALSE(verdict.is_shortfall);
}

TEST(PrintedByKey, RefutesARunThatStopsAtTheFirstOtherKey) {
  const History history = four_stored().printed("seeker-1", 0).printed("seeker-2", 1).printed("seeker-2", 3);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[2], history.logged[2]));
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(PrintedByKey, RefutesARecordThatIsPrintedTwice) {
  EXPECT_EQ(name_of(judge(right_once().pattern(".").printed("seeker-1", 2)).outcome), "refuted");
}

TEST(PrintedByKey, RefutesRecordsOutOfOrder) {
  const History history = four_stored()
                              .printed("seeker-1", 2)
                              .printed("seeker-1", 0)
                              .printed("seeker-2", 1)
                              .printed("seeker-2", 3);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "seeker-1 printed 1 record of key 1 out of order");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.printed[0], history.printed[1]));
  EXPECT_EQ(verdict.evidence[0].note,
            "partition 0: offset 0 is on line 2 of seeker-1's stdout, behind offset 2 on line 1");
}

// Kafka promises no order between partitions: they come as they are fetched.
TEST(PrintedByKey, AsksForNoOrderBetweenPartitions) {
  HistoryOf history("t", 2);
  history.sample(2).stored(0, 0, 0).with_key("1").stored(1, 0, 1).with_key("1").drained();
  history.stopped("seeker-1")
      .told("1")
      .stopped("seeker-2")
      .told("2")
      .printed("seeker-1", 1)
      .printed("seeker-1", 0);
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(PrintedByKey, RefutesARecordThatIsPrintedBeforeItIsGiven) {
  const History history = four_stored()
                              .overheard("seeker-1")
                              .overheard("seeker-2")
                              .at(1s)
                              .printed("seeker-1", 0)
                              .printed("seeker-1", 2)
                              .printed("seeker-2", 1)
                              .printed("seeker-2", 3)
                              .at(2s)
                              .delivered_all("seeker-1")
                              .at(0s)
                              .delivered_all("seeker-2");
  const Verdict verdict = printed_by_key(history, "t", "seeker", {"1", "2"});
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "seeker-1 printed 2 records before the broker gave it");
}

TEST(PrintedByKeyAgain, HoldsWhereTheSecondRoundIsAsRight) {
  EXPECT_EQ(name_of(judge_again(run_again()
                                    .printed("seeker-3", 1)
                                    .printed("seeker-3", 3)
                                    .printed("seeker-4", 0)
                                    .printed("seeker-4", 2))
                        .outcome),
            "holds");
}

TEST(PrintedByKeyAgain, RefutesRecordsThatAreMissingTheSecondTimeOnly) {
  const History history = run_again().printed("seeker-3", 1).printed("seeker-4", 0).printed("seeker-4", 2);
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
  EXPECT_EQ(name_of(judge_again(history).outcome), "refuted");
}

// What was wrong the first time is told there.
TEST(PrintedByKeyAgain, AsksForOrderAloneWhereTheFirstRoundWasWrong) {
  const HistoryOf both_print_all =
      run_again().printed("seeker-1", 1).printed("seeker-3", 0).printed("seeker-3", 1).printed("seeker-3", 3);
  EXPECT_EQ(name_of(judge(both_print_all).outcome), "refuted");
  EXPECT_EQ(name_of(judge_again(both_print_all).outcome), "holds");
  const HistoryOf out_of_order = HistoryOf(both_print_all).pattern(".").printed("seeker-3", 1);
  EXPECT_EQ(name_of(judge_again(out_of_order).outcome), "refuted");
}

}  // namespace
}  // namespace klab
