#include "checks/sending/acknowledged_before_exit.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// A producer that was heard and has ended.
HistoryOf producer() {
  HistoryOf history("t");
  history.sample(4).exited("producer-1").overheard("producer-1");
  return history;
}

Verdict judge(const History& history) { return acknowledged_before_exit(history, "producer"); }

TEST(AcknowledgedBeforeExit, HoldsWhenEveryBatchIsAcknowledged) {
  const Verdict verdict = judge(producer()
                                    .sent("producer-1", 0, {0, 1})
                                    .answered(0)
                                    .sent("producer-1", 1, {2})
                                    .at(1s)
                                    .answered(0)
                                    .disconnected("producer-1"));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "2 batches acknowledged");
  EXPECT_EQ(verdict.judged, "2 batches of 3 messages");
}

TEST(AcknowledgedBeforeExit, RefutesABatchWithoutAnAnswer) {
  const History history = producer()
                              .sent("producer-1", 0, {0})
                              .answered(0)
                              .sent("producer-1", 1, {1, 2})
                              .disconnected("producer-1");
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 2 batches, with 2 messages, not acknowledged");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sent[1]));
  EXPECT_EQ(
      verdict.evidence[0].note,
      "a batch of 2 messages from producer-1 to partition 1 was not acknowledged when the program went away");
  EXPECT_NE(verdict.hint.find("flush()"), std::string::npos);
}

// Contents that klab cannot recognize: who sends them again is told by the sequence.
TEST(AcknowledgedBeforeExit, HoldsWhenABatchOfAnyContentsWasAcknowledgedAtAnotherTry) {
  History history = producer().sent_in_transaction("producer-1", 0, {0}).sent_again().answered(0);
  for (SentBatch& sent : history.sent) sent.ids.clear();
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
  history.sent.back().base_sequence += 1;
  EXPECT_EQ(judge(history).actual, "1 of 2 batches, with 1 message, not acknowledged");
}

TEST(AcknowledgedBeforeExit, RefutesAnAnswerThatCameTooLate) {
  const History history =
      producer().sent("producer-1", 0, {0}).at(1s).disconnected("producer-1").at(1001ms).answered(0);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.evidence.at(0).lines, lines_of(history.sent[0], history.answered[0]));
}

TEST(AcknowledgedBeforeExit, RefutesThatNoAnswerIsAskedFor) {
  const Verdict verdict = judge(producer().sent("producer-1", 0, {0}, 0).disconnected("producer-1"));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_NE(verdict.evidence.at(0).note.find("acks=0"), std::string::npos);
  EXPECT_NE(verdict.hint.find("acks=all"), std::string::npos);
}

TEST(AcknowledgedBeforeExit, RefutesABatchThatWasRefused) {
  const Verdict verdict = judge(producer().sent("producer-1", 0, {0}).answered(-1, "MESSAGE_TOO_LARGE"));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_NE(verdict.evidence.at(0).note.find("MESSAGE_TOO_LARGE"), std::string::npos);
}

TEST(AcknowledgedBeforeExit, LetsASecondSendingStandForTheFirst) {
  EXPECT_EQ(name_of(judge(producer()
                              .sent("producer-1", 0, {0})
                              .answered(-1, "NOT_LEADER_FOR_PARTITION")
                              .sent("producer-1", 0, {0, 1})
                              .answered(0))
                        .outcome),
            "holds");
  EXPECT_EQ(
      name_of(judge(producer().sent("producer-1", 0, {0}).answered(-1, "DUPLICATE_SEQUENCE_NUMBER")).outcome),
      "holds");
}

TEST(AcknowledgedBeforeExit, DoesNotLetAnotherProgramsSendingStandForIt) {
  EXPECT_EQ(name_of(judge(producer()
                              .exited("producer-2")
                              .overheard("producer-2")
                              .sent("producer-1", 0, {0})
                              .sent("producer-2", 0, {0})
                              .answered(0))
                        .outcome),
            "refuted");
}

TEST(AcknowledgedBeforeExit, IsUndecidedWhenNothingWasSentOrHeard) {
  EXPECT_EQ(judge(producer()).actual, "the producer sent nothing");
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
  const Verdict unheard = judge(
      HistoryOf("t").sample(1).exited("producer-1").sent("producer-1", 0, {0}).overheard("producer-1", 1));
  EXPECT_EQ(name_of(unheard.outcome), "undecided");
}

}  // namespace
}  // namespace klab
