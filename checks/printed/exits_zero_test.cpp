#include "checks/printed/exits_zero.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

TEST(ExitsZero, HoldsWhenEveryRunExitsZero) {
  const Verdict verdict = exits_zero(HistoryOf("t").exited("producer-1").exited("producer-2"), "producer");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.claim, "the producer ends by itself and exits 0");
  EXPECT_EQ(verdict.actual, "exit code 0 in 2 runs");
  EXPECT_FALSE(verdict.is_shortfall);
  EXPECT_EQ(verdict.judged, "2 runs");
}

TEST(ExitsZero, RefutesAnotherExitCode) {
  const History history = HistoryOf("t").exited("producer-1").exited("producer-2", 1);
  const Verdict verdict = exits_zero(history, "producer");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "producer-2 exited with 1 after 1.5 s");
  EXPECT_TRUE(verdict.is_shortfall);
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.programs[1]));
  EXPECT_EQ(verdict.evidence[0].note, verdict.actual);
  EXPECT_NE(verdict.hint.find("exit code 0"), std::string::npos);
}

TEST(ExitsZero, RefutesASignal) {
  const Verdict verdict = exits_zero(HistoryOf("t").died("producer-1", SIGSEGV), "producer");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "producer-1 died of signal 11 after 1.5 s");
  EXPECT_EQ(verdict.judged, "1 run");
}

TEST(ExitsZero, RefutesAProgramThatHadToBeStoppedEvenIfItThenExitsZero) {
  EXPECT_EQ(name_of(exits_zero(HistoryOf("t").stopped("producer-1", 0), "producer").outcome), "refuted");
}

TEST(ExitsZero, RefutesADeadlineAndAFlood) {
  const History history = HistoryOf("t")
                              .died("producer-1", SIGKILL, Ending::deadline)
                              .died("producer-2", SIGKILL, Ending::flooded);
  const Verdict verdict = exits_zero(history, "producer");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[0].note, "producer-1 made no more progress and was stopped after 1.5 s");
  EXPECT_EQ(verdict.evidence[1].note, "producer-2 printed or sent far too much and was stopped after 1.5 s");
}

TEST(ExitsZero, DoesNotJudgeOtherRoles) {
  EXPECT_EQ(
      name_of(exits_zero(HistoryOf("t").exited("producer-1").exited("consumer-1", 1), "producer").outcome),
      "holds");
}

TEST(ExitsZero, IsUndecidedWhenTheRoleNeverRan) {
  const Verdict verdict = exits_zero(HistoryOf("t").exited("consumer-1"), "producer");
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "the producer was never run");
}

}  // namespace
}  // namespace klab
