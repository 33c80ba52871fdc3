#include "checks/printed/printed_once.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// Two partitions that hold records 0, 1 and 2, and a consumer that was stopped when it had been given them.
HistoryOf three_stored() {
  HistoryOf history("t");
  history.sample(4).stored(0, 0, 0).stored(0, 1, 1).stored(1, 0, 2).drained().stopped("consumer-1");
  return history;
}

Verdict judge(const History& history) { return printed_once(all_given(history), "t", "consumer"); }

// The manifest's pattern.

TEST(PrintedOnce, IgnoresLinesThatDoNotMatchThePattern) {
  EXPECT_EQ(name_of(judge(three_stored()
                              .pattern("value (?<value>.*)")
                              .unmatched("consumer-1", "debug: " + sample_text(1))
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 1)
                              .printed("consumer-1", 2))
                        .outcome),
            "holds");
}

TEST(PrintedOnce, RefutesAPatternThatMatchesNothingWhereNoRecordIsPrinted) {
  const Verdict verdict =
      judge(three_stored().pattern("got (?<value>.*)").unmatched("consumer-1", "connecting ..."));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "0 records printed, the topic holds 3");
}

TEST(PrintedOnce, RefutesAPatternThatMatchesOnlySomeRecords) {
  EXPECT_EQ(name_of(judge(three_stored()
                              .pattern("got (?<value>.*)")
                              .printed("consumer-1", 0)
                              .unmatched("consumer-1", "read " + sample_text(1))
                              .unmatched("consumer-1", "read " + sample_text(2)))
                        .outcome),
            "refuted");
}

// A buffer that died with its program.

/// As `three_stored`, with a third partition that is empty and a consumer that a signal ended.
HistoryOf killed_without_a_line() {
  HistoryOf history("t", 3);
  history.sample(3).stored(0, 0, 0).stored(0, 1, 1).stored(1, 0, 2).drained();
  return history.died("consumer-1", SIGKILL, Ending::stopped);
}

TEST(PrintedOnce, IsUndecidedWhenABufferMayHaveDiedWithItsProgram) {
  const Verdict verdict = judge(killed_without_a_line().committed(0, 2).committed(1, 1));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "the consumer read every record, and printed nothing before a signal ended it");
  EXPECT_NE(verdict.hint.find("flush"), std::string::npos);
}

TEST(PrintedOnce, RefutesAKilledProgramWhoseGroupHasNotReadEverything) {
  EXPECT_EQ(name_of(judge(killed_without_a_line()).outcome), "refuted");
  EXPECT_EQ(name_of(judge(killed_without_a_line().committed(0, 2)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(killed_without_a_line().committed(0, 1).committed(1, 1)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(killed_without_a_line().topic("other", 3).committed(0, 2).committed(1, 1)).outcome),
            "refuted");
}

TEST(PrintedOnce, RefutesAKilledProgramThatPrintedSomething) {
  const Verdict verdict = judge(killed_without_a_line().committed(0, 2).committed(1, 1).printed_text(
      "consumer-1", "ready", Stream::err));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
}

/// It printed some of what it was given, partition 0 first.
HistoryOf killed_after(const std::vector<std::size_t>& printed) {
  HistoryOf history("t", 3);
  history.sample(3).stored(0, 0, 0).stored(0, 1, 1).stored(1, 0, 2).drained();
  history.died("consumer-1", SIGKILL, Ending::stopped).overheard("consumer-1");
  history.delivered("consumer-1", 0, {0, 1}).delivered("consumer-1", 1, {0});
  for (const std::size_t record : printed) history.printed("consumer-1", record);
  return history.committed(0, 2).committed(1, 1);
}

TEST(PrintedOnce, IsUndecidedWhenTheEndOfTheOutputMayHaveDiedWithItsProgram) {
  for (const auto& printed : {std::vector<std::size_t>{0, 1}, {0, 2}, {0}}) {
    const Verdict verdict = judge(killed_after(printed));
    EXPECT_EQ(name_of(verdict.outcome), "undecided");
    EXPECT_EQ(
        verdict.actual,
        "the consumer read every record, and printed all but the last records before a signal ended it");
  }
}

TEST(PrintedOnce, RefutesAKilledProgramThatPrintedLaterRecordsThanItLacks) {
  EXPECT_EQ(name_of(judge(killed_after({1})).outcome), "refuted");
  EXPECT_EQ(name_of(judge(killed_after({1, 2})).outcome), "refuted");
  EXPECT_EQ(name_of(judge(killed_after({0, 0, 1})).outcome), "refuted");
}

TEST(PrintedOnce, RefutesAProgramThatEndedInPeaceWithoutItsLastRecords) {
  History history = killed_after({0, 1});
  history.programs.at(0).signal = 0;
  EXPECT_EQ(name_of(judge(history).outcome), "refuted");
}

// What it had printed was flushed as it exited.
TEST(PrintedOnce, RefutesAProgramThatClosedItsClientWithoutItsLastRecords) {
  History history = killed_after({0, 1});
  history.left = {{.program = "consumer-1", .at = history.programs.at(0).told_to_stop}};
  EXPECT_EQ(name_of(judge(history).outcome), "undecided") << "a kill leaves no time for that";
  history.programs.at(0).signal = SIGINT;
  EXPECT_EQ(name_of(judge(history).outcome), "refuted");
}

// kcat leaves its group, and the filter behind it dies with its buffer.
TEST(PrintedOnce, IsUndecidedWhereAnotherProgramOfAPipelineMayHaveLostTheEnd) {
  History history = killed_after({0, 1});
  ProgramRun& run = history.programs.at(0);
  history.left = {{.program = "consumer-1", .at = run.told_to_stop}};
  run.signal = SIGINT;
  run.command = "kcat -G group topic | perl -pe 1";
  EXPECT_EQ(name_of(judge(history).outcome), "undecided");
  run.command = "./consumer || true";
  EXPECT_EQ(name_of(judge(history).outcome), "refuted");
}

TEST(PrintedOnce, RefutesAKilledProgramThatLacksMoreThanABufferHolds) {
  History history = killed_after({0, 1});
  history.logged.at(2).value->append(70'000, ' ');
  EXPECT_EQ(name_of(judge(history).outcome), "refuted");
}

TEST(PrintedOnce, RefutesWhereOneOfTheProgramsEndedInPeace) {
  EXPECT_EQ(
      name_of(judge(killed_without_a_line().committed(0, 2).committed(1, 1).stopped("consumer-2")).outcome),
      "refuted");
}

// Nothing to judge.

TEST(PrintedOnce, IsUndecidedWhenTheRoleNeverRan) {
  const Verdict verdict = judge(HistoryOf("t").sample(1).stored(0, 0, 0).drained().exited("producer-1"));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "the consumer was never run");
}

TEST(PrintedOnce, IsUndecidedWhenTheTopicWasNotReadToItsEnd) {
  const Verdict verdict = judge(HistoryOf("t")
                                    .sample(1)
                                    .stored(0, 0, 0)
                                    .drained(0, 0, 1)
                                    .stopped("consumer-1")
                                    .printed("consumer-1", 0));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "topic t was not read to its end");
}

TEST(PrintedOnce, IsUndecidedWhenTheTopicHoldsNoRecord) {
  const Verdict verdict = judge(HistoryOf("t")
                                    .sample(1)
                                    .stored_text(0, 0, "hello")
                                    .drained()
                                    .stopped("consumer-1")
                                    .printed("consumer-1", 0));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "topic t holds no record that could be printed");
}

TEST(PrintedOnce, IsUndecidedWithoutASample) {
  const Verdict verdict =
      judge(HistoryOf("t").stored(0, 0, 0).drained().stopped("consumer-1").printed("consumer-1", 0));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
}

}  // namespace
}  // namespace klab
