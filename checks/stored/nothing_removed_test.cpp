#include "checks/stored/nothing_removed.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

const std::vector<LogBounds> kFull = {{.partition = 0, .first = 0, .end = 3},
                                      {.partition = 1, .first = 2, .end = 2}};

/// A consumer that was given a record, between two looks of which the second finds this.
HistoryOf consumed(const std::string& id, std::vector<LogBounds> partitions) {
  HistoryOf history("t");
  return history.looked("id", kFull)
      .stopped("consumer-1")
      .delivered("consumer-1", 0, {0, 1, 2})
      .looked(id, std::move(partitions));
}

Verdict judge(const History& history) { return nothing_removed(history, "t", "consumer"); }

TEST(NothingRemoved, HoldsWhenTheTopicIsAsBefore) {
  const Verdict verdict = judge(consumed("id", kFull));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "all of it is still there after 3 messages were consumed");
}

TEST(NothingRemoved, LetsALogGrow) {
  EXPECT_EQ(name_of(judge(consumed("id", {{.partition = 0, .first = 0, .end = 4},
                                          {.partition = 1, .first = 2, .end = 9}}))
                        .outcome),
            "holds");
}

TEST(NothingRemoved, RefutesATopicThatIsGone) {
  const History history = consumed("", {});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "the topic is gone");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.topic_looks[0], history.topic_looks[1]));
}

TEST(NothingRemoved, RefutesATopicThatWasMadeAgain) {
  EXPECT_EQ(judge(consumed("other", kFull)).actual,
            "the topic was deleted, and another one made under its name");
}

TEST(NothingRemoved, RefutesRecordsThatWereDeleted) {
  EXPECT_EQ(
      judge(consumed("id", {{.partition = 0, .first = 3, .end = 3}, {.partition = 1, .first = 2, .end = 2}}))
          .actual,
      "partition 0 held records from offset 0 on, and now from 3");
}

TEST(NothingRemoved, RefutesWhatIsGoneAtAnyLook) {
  EXPECT_EQ(name_of(judge(consumed("", {}).looked("id", kFull)).outcome), "refuted");
}

TEST(NothingRemoved, IsUndecidedWhereNothingWasConsumedOrSeen) {
  EXPECT_EQ(name_of(judge(HistoryOf("t").looked("id", kFull).looked("id", kFull)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").looked("id", kFull).delivered("consumer-1", 0, {0})).outcome),
            "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t")
                              .looked("id", {{.partition = 0, .first = 0, .end = 0}})
                              .stopped("consumer-1")
                              .delivered("consumer-1", 0, {0})
                              .looked("id", kFull))
                        .outcome),
            "undecided");
}

TEST(NothingRemoved, RefutesAConsumerThatWritesToTheTopic) {
  const History history = HistoryOf(consumed("id", kFull)).sent("consumer-1", 0, {0});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "consumer-1 wrote 1 message to the topic that it reads");
  EXPECT_EQ(name_of(judge(HistoryOf(consumed("id", kFull)).sent("producer-1", 0, {0})).outcome), "holds");
}

}  // namespace
}  // namespace klab
