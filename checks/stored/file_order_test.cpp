#include "checks/stored/file_order.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// One partition that holds these records of a sample of ten, at offsets 0, 1, ..
History in_one_partition(const std::vector<std::size_t>& records) {
  HistoryOf history("t");
  history.sample(10);
  std::int64_t offset = 0;
  for (const std::size_t record : records) history.stored(0, offset++, record);
  return history;
}

TEST(FileOrder, HoldsWhenEachPartitionIsInFileOrder) {
  const Verdict verdict = file_order(
      HistoryOf("t").sample(4).stored(0, 0, 0).stored(1, 0, 1).stored(0, 1, 2).stored(1, 1, 3), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.expected, "file order in each partition");
  EXPECT_EQ(verdict.judged, "4 records in 2 partitions");
  EXPECT_EQ(verdict.actual, "4 records in 2 partitions are in order");
}

TEST(FileOrder, AsksForNothingBetweenPartitions) {
  const History history =
      HistoryOf("t").sample(4).stored(1, 0, 0).stored(0, 0, 2).stored(1, 1, 1).stored(0, 1, 3);
  EXPECT_EQ(name_of(file_order(history, "t", 1).outcome), "holds");
}

TEST(FileOrder, GoesByOffsetsAndNotByTheOrderOfReading) {
  const History history = HistoryOf("t").sample(2).stored(0, 9, 1).stored(0, 4, 0);
  EXPECT_EQ(name_of(file_order(history, "t", 1).outcome), "holds");
}

TEST(FileOrder, PointsAtAnInversion) {
  const History history = HistoryOf("t").sample(4).stored(1, 10, 0).stored(1, 12, 3).stored(1, 13, 2);
  const Verdict verdict = file_order(history, "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "file order breaks at 1 of 3 records");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[1], history.logged[2]));
  EXPECT_EQ(verdict.evidence[0].note,
            "partition 1: record 3 of the file at offset 13 comes after record 4 at offset 12");
  EXPECT_NE(verdict.hint.find("enable.idempotence"), std::string::npos);
}

TEST(FileOrder, CountsTheBreaksAndDoesNotBlameWhatIsRightAfterOne) {
  const Verdict verdict = file_order(in_one_partition({9, 0, 1, 2}), "t", 1);
  EXPECT_EQ(verdict.actual, "file order breaks at 1 of 4 records");
  EXPECT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(file_order(in_one_partition({3, 2, 1, 0}), "t", 1).actual, "file order breaks at 3 of 4 records");
}

TEST(FileOrder, JudgesEachPartitionByItself) {
  const History history =
      HistoryOf("t").sample(4).stored(0, 0, 2).stored(0, 1, 3).stored(1, 0, 1).stored(1, 1, 0);
  const Verdict verdict = file_order(history, "t", 1);
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[2], history.logged[3]));
}

TEST(FileOrder, FollowsTheRecordsInsideAMessage) {
  const std::string in_order = "[" + sample_text(0) + "," + sample_text(1) + "]";
  const std::string reversed = "[" + sample_text(1) + "," + sample_text(0) + "]";
  EXPECT_EQ(name_of(file_order(HistoryOf("t").sample(2).stored_text(0, 0, in_order), "t", 1).outcome),
            "holds");
  EXPECT_EQ(name_of(file_order(HistoryOf("t").sample(2).stored_text(0, 0, reversed), "t", 1).outcome),
            "refuted");
}

TEST(FileOrder, LetsTwoSendersInterleave) {
  const Verdict verdict = file_order(in_one_partition({0, 1, 0, 2, 1, 2, 3, 3}), "t", 2);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.expected, "each partition a mix of 2 sequences in file order");
  EXPECT_EQ(verdict.judged, "8 records in 1 partition");
}

TEST(FileOrder, FindsTheSplitThatNeedsTheFewestSenders) {
  // 3 must go behind 2: behind 0, the 1 that follows would have no place.
  EXPECT_EQ(name_of(file_order(in_one_partition({0, 2, 0, 3, 1}), "t", 2).outcome), "holds");
}

TEST(FileOrder, RefutesThreeRecordsOfWhichNoneMayPrecedeTheNext) {
  const History history = in_one_partition({5, 3, 1});
  const Verdict verdict = file_order(history, "t", 2);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[1], history.logged[2]));
  EXPECT_EQ(verdict.evidence[0].note,
            "partition 0: record 2 of the file at offset 2 comes after record 4 at offset 1");
  EXPECT_EQ(name_of(file_order(in_one_partition({5, 5, 3}), "t", 2).outcome), "refuted");
  EXPECT_EQ(name_of(file_order(in_one_partition({5, 3, 3}), "t", 2).outcome), "refuted");
}

TEST(FileOrder, CannotSeeTwoSendersWhoseOneInversionTheOtherExplains) {
  EXPECT_EQ(name_of(file_order(in_one_partition({0, 2, 1, 3}), "t", 2).outcome), "holds");
  EXPECT_EQ(name_of(file_order(in_one_partition({0, 2, 1, 3}), "t", 1).outcome), "refuted");
}

TEST(FileOrder, RefutesAnInversionOfOneSenderBehindTheOther) {
  // The first sends all in order; the second swaps 1 and 2 when the first is past both.
  EXPECT_EQ(name_of(file_order(in_one_partition({0, 1, 2, 3, 0, 2, 1, 3}), "t", 2).outcome), "refuted");
}

TEST(FileOrder, LeavesOutRecordsThatAreStoredTooOften) {
  // Without record 0, which one sender cannot have sent twice in order, the rest is in order.
  const Verdict once = file_order(in_one_partition({0, 1, 2, 0}), "t", 1);
  EXPECT_EQ(name_of(once.outcome), "holds");
  EXPECT_EQ(once.judged, "2 records in 1 partition");
  EXPECT_EQ(name_of(file_order(in_one_partition({3, 0, 1, 0, 0, 4}), "t", 2).outcome), "holds");
}

TEST(FileOrder, CountsCopiesInAllPartitions) {
  const Verdict verdict = file_order(
      HistoryOf("t").sample(3).stored(0, 0, 1).stored(0, 1, 2).stored(0, 2, 0).stored(1, 0, 0), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "2 records in 1 partition");
}

TEST(FileOrder, LeavesOutMessagesThatAreNoRecords) {
  const History history =
      HistoryOf("t").sample(2).stored(0, 0, 0).stored_text(0, 1, "hello").stored_null(0, 2).stored(0, 3, 1);
  EXPECT_EQ(file_order(history, "t", 1).judged, "2 records in 1 partition");
}

TEST(FileOrder, IsUndecidedWhenNoPartitionHoldsTwoRecords) {
  const Verdict verdict = file_order(HistoryOf("t").sample(2).stored(0, 0, 1).stored(1, 0, 0), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "no partition of topic t holds two records");
  EXPECT_EQ(name_of(file_order(in_one_partition({}), "t", 1).outcome), "undecided");
  EXPECT_EQ(name_of(file_order(in_one_partition({0, 0}), "t", 1).outcome), "undecided");
  EXPECT_EQ(name_of(file_order(in_one_partition({0, 1}), "other", 1).outcome), "undecided");
}

TEST(FileOrder, IsUndecidedWithoutASample) {
  EXPECT_EQ(name_of(file_order(HistoryOf("t").stored(0, 0, 0).stored(0, 1, 1), "t", 1).outcome), "undecided");
}

/// Two programs that each send these records of the sample, one after the other, to one partition.
History sent_by_two(const std::vector<std::size_t>& first, const std::vector<std::size_t>& second) {
  HistoryOf history("t");
  history.sample(4);
  std::int64_t offset = 0;
  const auto send = [&](const char* program, const std::vector<std::size_t>& records) {
    for (const std::size_t record : records) {
      history.sent(program, 0, {record}).answered(offset);
      history.stored(0, offset++, record);
    }
  };
  send("producer-1", first);
  send("producer-2", second);
  return history;
}

// As two sequences in file order could look: those of both together.
TEST(FileOrder, AsksWhoSentWhatWhereTheWireTellsOfAll) {
  EXPECT_EQ(name_of(file_order(sent_by_two({0, 1, 2, 3}, {0, 1, 2, 3}), "t", 2).outcome), "holds");
  const History mixed = sent_by_two({0, 2, 1, 3}, {});
  const Verdict verdict = file_order(mixed, "t", 2);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.expected, "the records of each program in file order in each partition");
  EXPECT_EQ(name_of(file_order(sent_by_two({0, 1, 2, 2, 3, 3}, {0, 1}), "t", 2).outcome), "holds")
      << "which of its copies was meant cannot be known";
  History unheard = mixed;
  unheard.sent.pop_back();
  EXPECT_EQ(name_of(file_order(unheard, "t", 2).outcome), "holds") << "two may have sent them";
}

}  // namespace
}  // namespace klab
