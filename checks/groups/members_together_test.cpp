#include "checks/groups/members_together.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return members_together(history, "t", "consumer"); }

HistoryOf& both_end(HistoryOf& history) {
  return history.stopped("consumer-1")
      .ended_at(20s)
      .stopped("consumer-2")
      .ended_at(20s)
      .overheard("consumer-1")
      .overheard("consumer-2");
}

TEST(MembersTogether, HoldsWhenBothOwnSomethingInOneGroup) {
  HistoryOf history("t", 2);
  history.at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1});
  history.at(2s).revoked("consumer-1", {0, 1});
  history.at(3s).joined("consumer-1", 2).joined("consumer-2", 2);
  history.assigned("consumer-1", 2, {0}).assigned("consumer-2", 2, {1});
  const Verdict verdict = judge(both_end(history));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "all of them own partitions in group group at 3.000 s");
}

TEST(MembersTogether, RefutesTwoGroups) {
  HistoryOf history("t", 2);
  history.group("one").at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1});
  history.group("two").at(1s).joined("consumer-2", 1).assigned("consumer-2", 1, {0, 1});
  const History all = both_end(history);
  const Verdict verdict = judge(all);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "they joined 2 groups: one, two");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(all.programs[0], all.joined[0], all.assigned[0]));
}

// As two that share a group.instance.id do: the second takes the first one's place.
TEST(MembersTogether, RefutesMembersOneAfterTheOther) {
  HistoryOf history("t", 2);
  history.at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1});
  history.at(2s).revoked("consumer-1", {0, 1}).joined("consumer-2", 1).assigned("consumer-2", 1, {0, 1});
  const Verdict verdict = judge(both_end(history));
  EXPECT_EQ(verdict.actual, "they were never members at the same time, each with partitions");
  EXPECT_EQ(verdict.hint, "do they share a group.instance.id? then each takes the other's place");
  EXPECT_FALSE(verdict.is_shortfall);
}

TEST(MembersTogether, HintsAtAMemberThatEndedByItself) {
  HistoryOf history("t", 2);
  history.at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1});
  history.at(2s).revoked("consumer-1", {0, 1}).joined("consumer-2", 1).assigned("consumer-2", 1, {0, 1});
  History ended = both_end(history);
  ended.programs[0].ending = Ending::exited;
  EXPECT_TRUE(judge(ended).hint.ends_with(": a consumer goes on until it is stopped")) << judge(ended).hint;
}

TEST(MembersTogether, RefutesOneThatNeverJoins) {
  HistoryOf history("t", 2);
  history.at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1});
  const Verdict verdict = judge(both_end(history));
  EXPECT_EQ(verdict.actual, "not every consumer joined a group");
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(MembersTogether, IsUndecidedWhenFewerThanTwoRanOrWereHeard) {
  EXPECT_EQ(judge(HistoryOf("t").stopped("consumer-1").overheard("consumer-1")).actual,
            "fewer than two consumers ran");
  EXPECT_EQ(name_of(judge(HistoryOf("t").stopped("consumer-1").stopped("consumer-2")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
