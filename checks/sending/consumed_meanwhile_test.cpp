#include "checks/sending/consumed_meanwhile.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) {
  return consumed_meanwhile(history, "t", "slow_producer", "consumer");
}

/// Records are sent at 1 s and at 5 s; the consumers begin to read then.
HistoryOf reading_from(Moment first, Moment second) {
  HistoryOf history("t");
  history.sample(2).at(1s).sent("slow_producer-1", 0, {0}).at(5s).sent("slow_producer-1", 0, {1});
  history.at(first).fetched("consumer-1", 0, 0).at(second).fetched("consumer-2", 1, 0);
  for (const char* program : {"slow_producer-1", "consumer-1", "consumer-2"})
    history.exited(program).overheard(program);
  return history;
}

TEST(ConsumedMeanwhile, HoldsWhenAllReadBeforeTheLastRecord) {
  const Verdict verdict = judge(reading_from(500ms, 5s - 1us));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "2 consumers and 1 producer");
}

TEST(ConsumedMeanwhile, RefutesOneThatBeginsAfterTheLastRecord) {
  const History history = reading_from(500ms, 5s);
  const Verdict verdict = judge(history);
  EXPECT_EQ(verdict.actual, "1 program began to read when the last record had been sent");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sent[1], history.fetch_started[1]));
}

TEST(ConsumedMeanwhile, IsUndecidedWhenSomebodyDidNothing) {
  EXPECT_EQ(judge(reading_from(1s, 1s).stopped("consumer-3").overheard("consumer-3")).actual,
            "consumer-3 never read the topic");
  EXPECT_EQ(name_of(judge(reading_from(1s, 1s).stopped("consumer-3")).outcome), "undecided");
  EXPECT_EQ(judge(HistoryOf("t")).actual, "the slow_producers sent nothing");
}

}  // namespace
}  // namespace klab
