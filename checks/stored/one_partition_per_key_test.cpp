#include "checks/stored/one_partition_per_key.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

Verdict judge(const History& history) { return one_partition_per_key(history, "t"); }

TEST(OnePartitionPerKey, HoldsWhereKeysShareAPartitionButNoneHasTwo) {
  const Verdict verdict = judge(HistoryOf("t")
                                    .sample(4)
                                    .stored(0, 0, 0)
                                    .with_key("1")
                                    .stored(0, 1, 1)
                                    .with_key("2")
                                    .stored(1, 0, 2)
                                    .with_key("3")
                                    .stored(0, 2, 3)
                                    .with_key("1")
                                    .stored(1, 1, 3)
                                    .with_key("3"));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "4 records with 2 keys");
}

TEST(OnePartitionPerKey, RefutesAKeyInTwoPartitions) {
  const History history = HistoryOf("t")
                              .sample(3)
                              .stored(0, 0, 0)
                              .with_key("1")
                              .stored(0, 1, 1)
                              .with_key("1")
                              .stored(1, 0, 2)
                              .with_key("1");
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 1 key is spread over several partitions");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[0], history.logged[2]));
  EXPECT_EQ(verdict.evidence[0].note, "records with the key \"1\": 2 in partition 0, 1 in partition 1");
}

// Clients spread them; nobody promised otherwise.
TEST(OnePartitionPerKey, DoesNotJudgeRecordsWithoutAKey) {
  EXPECT_EQ(judge(HistoryOf("t").sample(2).stored(0, 0, 0).stored(1, 0, 1)).actual,
            "topic t has no two records with the same key");
  EXPECT_EQ(judge(HistoryOf("t").sample(2).stored(0, 0, 0).with_key("").stored(1, 0, 1).with_key("")).actual,
            "topic t has no two records with the same key");
}

TEST(OnePartitionPerKey, DoesNotJudgeWhatWasAborted) {
  History history = HistoryOf("t")
                        .sample(3)
                        .stored(0, 0, 0)
                        .with_key("1")
                        .stored(1, 0, 1)
                        .with_key("1")
                        .stored(0, 1, 2)
                        .with_key("1");
  history.logged[1].state = RecordState::aborted;
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(OnePartitionPerKey, IsUndecidedWhereEachKeyHasOneRecord) {
  EXPECT_EQ(name_of(judge(HistoryOf("t").sample(1).stored(0, 0, 0).with_key("1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
