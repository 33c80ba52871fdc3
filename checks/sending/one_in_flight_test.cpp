#include "checks/sending/one_in_flight.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

HistoryOf flush_each() {
  HistoryOf history("t");
  history.sample(4).exited("flush_each-1").overheard("flush_each-1");
  return history;
}

Verdict judge(const History& history) { return one_in_flight(history, "t", "flush_each"); }

TEST(OneInFlight, HoldsWhenEachIsAnsweredBeforeTheNext) {
  HistoryOf history = flush_each();
  for (std::size_t i = 0; i < 3; ++i)
    history.at((2 * i + 1) * 1s).sent("flush_each-1", 0, {i}).at((2 * i + 3) * 1s).answered(0);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "3 messages");
}

TEST(OneInFlight, RefutesOneThatIsSentAMomentTooEarly) {
  const History history = flush_each()
                              .at(1s)
                              .sent("flush_each-1", 0, {0})
                              .at(2s)
                              .answered(0)
                              .at(2s - 1us)
                              .sent("flush_each-1", 1, {1})
                              .at(3s)
                              .answered(0);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 2 messages sent before the one before it was acknowledged");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sent[0], history.sent[1]));
}

TEST(OneInFlight, RefutesTwoInOneBatch) {
  const Verdict verdict = judge(flush_each().sent("flush_each-1", 0, {0, 1}).at(1s).answered(0));
  EXPECT_EQ(verdict.actual, "1 of 2 messages sent before the one before it was acknowledged");
  EXPECT_EQ(verdict.evidence[0].note, "flush_each-1 sent 2 messages at once to partition 0 at 0.000 s");
}

TEST(OneInFlight, TakesARepetitionForNoSecondOne) {
  EXPECT_EQ(name_of(judge(flush_each()
                              .sent("flush_each-1", 0, {0})
                              .at(1s)
                              .sent("flush_each-1", 0, {0})
                              .at(2s)
                              .answered(0)
                              .disconnected("flush_each-1")
                              .at(3s)
                              .sent("flush_each-1", 0, {1})
                              .at(4s)
                              .answered(1))
                        .outcome),
            "holds")
      << "the first was never answered, but its connection has ended";
}

TEST(OneInFlight, LooksAtOneProgramAndTopicAtATime) {
  HistoryOf history = flush_each();
  history.sent("flush_each-1", 0, {0}).sent("other-1", 0, {1}).at(1s).answered(0);
  history.topic("u", 1).sent("flush_each-1", 0, {2});
  EXPECT_EQ(judge(history).actual, "the flush_each sent 1 message");
}

TEST(OneInFlight, IsUndecidedWithoutAcknowledgements) {
  const Verdict verdict =
      judge(flush_each().sent("flush_each-1", 0, {0}, 0).at(1s).sent("flush_each-1", 0, {1}, 0));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "flush_each-1 asks for no acknowledgements (acks=0), so flush() waits for none");
}

TEST(OneInFlight, IsUndecidedWhenNothingWasSentOrHeard) {
  EXPECT_EQ(name_of(judge(flush_each()).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("flush_each-1")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
