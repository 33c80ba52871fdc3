#include "checks/stored/key_order.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

Verdict judge(const History& history) { return key_order(history, "t"); }

// One that sends key after key: file order is broken between keys, and kept within each.
TEST(KeyOrder, HoldsWhateverTheOrderBetweenKeys) {
  const Verdict verdict = judge(HistoryOf("t")
                                    .sample(4)
                                    .stored(0, 0, 1)
                                    .with_key("2")
                                    .stored(0, 1, 3)
                                    .with_key("2")
                                    .stored(0, 2, 0)
                                    .with_key("1")
                                    .stored(0, 5, 2)
                                    .with_key("1"));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "4 records of 2 keys are in order");
}

TEST(KeyOrder, RefutesARecordBehindALaterOneOfItsKey) {
  const History history = HistoryOf("t")
                              .sample(3)
                              .stored(0, 0, 2)
                              .with_key("1")
                              .stored(0, 1, 0)
                              .with_key("2")
                              .stored(0, 2, 1)
                              .with_key("1");
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "file order breaks at 1 of 2 records");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[0], history.logged[2]));
  EXPECT_EQ(verdict.evidence[0].note,
            "key \"1\", partition 0: record 2 of the file at offset 2 comes after record 3 at offset 0");
}

// That is one_partition_per_key's concern; between partitions there is no order.
TEST(KeyOrder, DoesNotCompareAcrossPartitions) {
  EXPECT_EQ(name_of(judge(HistoryOf("t")
                              .sample(4)
                              .stored(0, 0, 2)
                              .with_key("1")
                              .stored(0, 1, 3)
                              .with_key("1")
                              .stored(1, 0, 0)
                              .with_key("1")
                              .stored(1, 1, 1)
                              .with_key("1"))
                        .outcome),
            "holds");
}

TEST(KeyOrder, LeavesOutRecordsThatAreStoredTwice) {
  EXPECT_EQ(name_of(judge(HistoryOf("t")
                              .sample(3)
                              .stored(0, 0, 0)
                              .with_key("1")
                              .stored(0, 1, 1)
                              .with_key("1")
                              .stored(0, 2, 0)
                              .with_key("1")
                              .stored(0, 3, 2)
                              .with_key("1"))
                        .outcome),
            "holds");
}

TEST(KeyOrder, IsUndecidedWithoutTwoRecordsOfAKey) {
  EXPECT_EQ(judge(HistoryOf("t").sample(2).stored(0, 0, 0).stored(0, 1, 1)).actual,
            "no key has two records in a partition of topic t");
  EXPECT_EQ(
      name_of(judge(HistoryOf("t").sample(2).stored(0, 0, 0).with_key("1").stored(0, 1, 1).with_key("2"))
                  .outcome),
      "undecided");
}

}  // namespace
}  // namespace klab
