#include "checks/groups/owned_by_one.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return owned_by_one(history, "t", "consumer"); }

/// consumer-1 has both partitions, and at 3 s gives one of them to consumer-2.
HistoryOf handed_over() {
  HistoryOf history("t", 2);
  history.at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1});
  history.at(2s).revoked("consumer-1", {0, 1});
  history.at(3s).joined("consumer-1", 2).joined("consumer-2", 2);
  history.assigned("consumer-1", 2, {0}).assigned("consumer-2", 2, {1});
  return history;
}

HistoryOf& both_end(HistoryOf& history) {
  return history.stopped("consumer-1")
      .ended_at(20s)
      .stopped("consumer-2")
      .ended_at(20s)
      .overheard("consumer-1")
      .overheard("consumer-2");
}

TEST(OwnedByOne, HoldsWhereAPartitionChangesHands) {
  HistoryOf history = handed_over();
  history.at(3500ms).delivered("consumer-1", 0, {0}).delivered("consumer-2", 1, {0});
  const Verdict verdict = judge(both_end(history));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "4 ownerships of 2 partitions");
}

TEST(OwnedByOne, RefutesTwoOwnersAtOnce) {
  HistoryOf history("t", 2);
  history.at(1s).joined("consumer-1", 1).joined("consumer-2", 1);
  history.assigned("consumer-1", 1, {0, 1}).at(2s).assigned("consumer-2", 1, {1});
  const History all = both_end(history);
  const Verdict verdict = judge(all);
  EXPECT_EQ(verdict.actual, "1 time a partition was owned by two members at once");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(all.assigned[0], all.assigned[1]));
}

TEST(OwnedByOne, RefutesMessagesOfAnothersPartition) {
  HistoryOf history = handed_over();
  history.at(5s).delivered("consumer-2", 0, {0, 1});
  const Verdict verdict = judge(both_end(history));
  EXPECT_EQ(verdict.actual, "2 messages were given to a program that did not own their partition");
  EXPECT_EQ(verdict.evidence.at(0).note,
            "consumer-2 was given 2 messages of partition 0 at 5.000 s, which was not its own then");
}

TEST(OwnedByOne, AllowsForAResponseThatIsStillUnderWay) {
  for (const Moment late : {Moment(6s), Moment(6001ms)}) {
    HistoryOf history = handed_over();
    history.at(2s + late).delivered("consumer-1", 1, {0});
    EXPECT_EQ(name_of(judge(both_end(history)).outcome), late == 6s ? "holds" : "refuted");
  }
}

TEST(OwnedByOne, RefutesAPartitionThatNobodyOwns) {
  HistoryOf history("t", 3);
  history.at(1s).joined("consumer-1", 1).joined("consumer-2", 1);
  history.assigned("consumer-1", 1, {0}).assigned("consumer-2", 1, {2});
  EXPECT_EQ(judge(both_end(history)).actual, "partition 1 never had an owner together with the others");
}

TEST(OwnedByOne, IsUndecidedWhenNobodyOwnsAnything) {
  HistoryOf history("t", 2);
  EXPECT_EQ(judge(both_end(history)).actual, "no consumer was assigned a partition");
  EXPECT_EQ(name_of(judge(HistoryOf("t").stopped("consumer-1")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
