#include "checks/stored/sent_by_each.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// Two records, each stored twice, and two producers that were heard.
HistoryOf stored_twice() {
  HistoryOf history("t");
  history.sample(2).stored(0, 0, 0).stored(0, 1, 1).stored(1, 0, 0).stored(1, 1, 1).drained();
  history.exited("producer-1").exited("producer-2").overheard("producer-1").overheard("producer-2");
  return history;
}

Verdict judge(const History& history) { return sent_by_each(history, "t", "producer", 2); }

TEST(SentByEach, HoldsWhenEachProducerSentEveryRecord) {
  const Verdict verdict = judge(
      stored_twice().sent("producer-1", 0, {0, 1}).sent("producer-2", 1, {0}).sent("producer-2", 1, {1}));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.claim, "every record of the sample is stored 2 times, once for each producer");
}

TEST(SentByEach, RefutesTwoCopiesFromOneProducer) {
  const History history =
      stored_twice().sent("producer-1", 0, {0, 1}).sent("producer-1", 1, {1}).sent("producer-2", 1, {0});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[1], history.programs[1]));
  EXPECT_EQ(verdict.evidence[0].note, "record 2 of the file (id 900000002) was never sent by producer-2");
  EXPECT_EQ(verdict.actual, "every record is stored 2 times, but one was not sent by one of the producers");
}

TEST(SentByEach, LetsARecordBeSentAgain) {
  EXPECT_EQ(name_of(judge(stored_twice()
                              .sent("producer-1", 0, {0, 1})
                              .sent("producer-1", 0, {0, 1})
                              .sent("producer-2", 1, {0, 1}))
                        .outcome),
            "holds");
}

TEST(SentByEach, IsRefutedByTheLogAlone) {
  const Verdict verdict = judge(HistoryOf("t").sample(1).stored(0, 0, 0).drained().exited("producer-1"));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_NE(verdict.actual.find("too few times"), std::string::npos);
}

TEST(SentByEach, IsUndecidedWhenAProducerWasNotHeard) {
  const Verdict verdict = judge(HistoryOf("t")
                                    .sample(1)
                                    .stored(0, 0, 0)
                                    .stored(0, 1, 0)
                                    .drained()
                                    .exited("producer-1")
                                    .exited("producer-2")
                                    .overheard("producer-1")
                                    .sent("producer-1", 0, {0}));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_NE(verdict.actual.find("producer-2"), std::string::npos);
}

}  // namespace
}  // namespace klab
