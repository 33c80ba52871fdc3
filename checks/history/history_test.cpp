#include "checks/history/history.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

TEST(RunsOf, GivesTheRunsOfOneRoleInTheirOrder) {
  const History history = HistoryOf("t").exited("producer-2").stopped("consumer-1").exited("producer-1");
  const auto runs = runs_of(history, "producer");
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0]->program, "producer-2");
  EXPECT_EQ(runs[1]->program, "producer-1");
  EXPECT_TRUE(runs_of(history, "monitor").empty());
}

TEST(LogOf, OrdersByPartitionAndThenOffset) {
  const History history = HistoryOf("t")
                              .sample(4)
                              .stored(1, 0, 0)
                              .stored(0, 10, 1)
                              .stored(0, 9, 2)
                              .topic("other", 1)
                              .stored(0, 0, 3);
  const auto log = log_of(history, "t");
  ASSERT_EQ(log.size(), 3u);
  EXPECT_EQ(lines_of(*log[0], *log[1], *log[2]),
            lines_of(history.logged[2], history.logged[1], history.logged[0]));
}

TEST(IsDrained, NeedsEveryPartitionOfTheTopic) {
  EXPECT_TRUE(is_drained(HistoryOf("t", 2).drained(), "t"));
  EXPECT_TRUE(is_drained(HistoryOf("t", 2).drained(0, 0, 5).drained(1, 2, 9).drained(0, 5, 6), "t"));
  EXPECT_FALSE(is_drained(HistoryOf("t", 2), "t"));
  EXPECT_FALSE(is_drained(HistoryOf("t", 2).drained(1, 0, 5), "t"));
  EXPECT_FALSE(is_drained(HistoryOf("t", 2).drained(1, 0, 5).drained(1, 5, 6), "t"));
}

TEST(IsDrained, DoesNotCountPartitionsThatTheTopicDoesNotHave) {
  EXPECT_FALSE(is_drained(HistoryOf("t", 2).drained(0, 0, 5).drained(2, 0, 5), "t"));
  EXPECT_FALSE(is_drained(HistoryOf("t", 2).drained(0, 0, 5).drained(-1, 0, 5), "t"));
}

TEST(IsDrained, IsFalseForATopicThatNobodyKnowsOrThatHasNoPartitions) {
  EXPECT_FALSE(is_drained(HistoryOf("t").drained(), "other"));
  EXPECT_FALSE(is_drained(HistoryOf("t").drained().topic("other", 2), "other"));
  EXPECT_FALSE(is_drained(HistoryOf("t", 0).drained(), "t"));
}

std::string ending_of(const History& history) { return describe_ending(history.programs.at(0)); }

TEST(DescribeEnding, IsAPlainPhrase) {
  EXPECT_EQ(ending_of(HistoryOf("t").exited("p-1", 3)), "exited with 3 after 1.5 s");
  EXPECT_EQ(ending_of(HistoryOf("t").died("p-1", SIGSEGV)), "died of signal 11 after 1.5 s");
  EXPECT_EQ(ending_of(HistoryOf("t").stopped("p-1", 0)),
            "was stopped by the grader after 1.5 s, and exited with 0");
  EXPECT_EQ(ending_of(HistoryOf("t").died("p-1", SIGINT, Ending::stopped)),
            "was stopped by the grader after 1.5 s");
  EXPECT_EQ(ending_of(HistoryOf("t").died("p-1", SIGKILL, Ending::stopped)),
            "was stopped by the grader after 1.5 s, and died of signal 9");
  EXPECT_EQ(ending_of(HistoryOf("t").died("p-1", SIGKILL, Ending::deadline)),
            "made no more progress and was stopped after 1.5 s");
  EXPECT_EQ(ending_of(HistoryOf("t").died("p-1", SIGKILL, Ending::flooded)),
            "printed or sent far too much and was stopped after 1.5 s");
}

}  // namespace
}  // namespace klab
