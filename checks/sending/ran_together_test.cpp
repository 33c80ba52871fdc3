#include "checks/sending/ran_together.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

HistoryOf two_producers() {
  HistoryOf history("t");
  history.sample(2).exited("producer-1").exited("producer-2").overheard("producer-1").overheard("producer-2");
  return history;
}

Verdict judge(const History& history) { return ran_together(history, "producer"); }

TEST(RanTogether, HoldsWhenSpansOverlapByAMoment) {
  const Verdict verdict = judge(two_producers()
                                    .at(1s)
                                    .sent("producer-1", 0, {0})
                                    .at(2s)
                                    .answered(0)
                                    .sent("producer-2", 0, {0})
                                    .at(3s)
                                    .answered(1));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "2 producers");
}

TEST(RanTogether, RefutesOneThatBeganWhenTheOtherHadEnded) {
  const History history = two_producers()
                              .at(1s)
                              .sent("producer-1", 0, {0})
                              .at(1010ms)
                              .answered(0)
                              .at(1011ms)
                              .sent("producer-2", 0, {0})
                              .at(1500ms)
                              .answered(1)
                              .disconnected("producer-1");
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "producer-2 began 0.0 s after producer-1 had ended");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[0].note, "producer-1 sent from 1.000 s to 1.010 s");
  EXPECT_EQ(verdict.evidence[1].lines, lines_of(history.sent[1]));
}

// Without answers nothing says when the broker got the last batch but the end of the connection.
TEST(RanTogether, TakesTheEndOfTheConnectionWhereNoAnswersAreAskedFor) {
  const auto with_acks = [](int acks) {
    return two_producers()
        .at(1s)
        .sent("producer-1", 0, {0}, acks)
        .at(1100ms)
        .sent("producer-2", 0, {0}, acks)
        .at(1200ms)
        .disconnected("producer-1");
  };
  EXPECT_EQ(name_of(judge(with_acks(0)).outcome), "holds");
  EXPECT_EQ(name_of(judge(with_acks(-1)).outcome), "refuted");
}

TEST(RanTogether, IsUndecidedWhenThereIsNothingToCompare) {
  EXPECT_EQ(judge(two_producers().sent("producer-1", 0, {0})).actual, "producer-2 sent nothing");
  EXPECT_EQ(
      judge(HistoryOf("t").exited("producer-1").overheard("producer-1").sent("producer-1", 0, {0})).actual,
      "fewer than two producers ran");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("producer-1").exited("producer-2")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
