#include "checks/groups/shared_out.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// Two programs in the group, of which the first is given both partitions at 1 s.
HistoryOf one_of_two() {
  HistoryOf history("t");
  history.overheard("consumer-1").overheard("consumer-2");
  return history.at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1}).at(2s);
}

History stopped_at(Moment end, HistoryOf history) {
  return history.at(end).stopped("consumer-1").told("").stopped("consumer-2").told("");
}

Verdict judge(const History& history) { return shared_out(history, "t", "group", 2); }

HistoryOf rebalanced() {
  return one_of_two()
      .revoked("consumer-1", {0, 1})
      .at(3s)
      .joined("consumer-1", 2)
      .joined("consumer-2", 2)
      .assigned("consumer-2", 2, {1})
      .assigned("consumer-1", 2, {0});
}

TEST(SharedOut, HoldsWhereTwoMembersOwnAPartitionEach) {
  const Verdict verdict = judge(stopped_at(4s, rebalanced()));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "4 ownerships of partitions by members of group");
  EXPECT_EQ(verdict.actual, "2 partitions shared out among 2 programs");
}

// What it is called is group_given_all's concern.
TEST(SharedOut, HoldsInAGroupOfAnotherName) {
  History history = stopped_at(4s, rebalanced());
  for (ProgramRun& run : history.programs) run.group = "told";
  EXPECT_EQ(name_of(shared_out(history, "t", "told", 2).outcome), "holds");
}

TEST(SharedOut, RefutesAPartitionThatIsGivenToTwo) {
  const History history = stopped_at(4s, one_of_two()
                                             .joined("consumer-1", 2)
                                             .joined("consumer-2", 2)
                                             .assigned("consumer-1", 2, {0, 1})
                                             .assigned("consumer-2", 2, {1}));
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.assigned[0], history.assigned[2]));
  EXPECT_EQ(verdict.evidence[0].note,
            "partition 1 was given to consumer-2 at 2.000 s, and was still consumer-1's");
}

TEST(SharedOut, RefutesAPartitionThatIsNobodys) {
  const auto without_one = one_of_two()
                               .revoked("consumer-1", {0, 1})
                               .joined("consumer-1", 2)
                               .joined("consumer-2", 2)
                               .assigned("consumer-1", 2, {0})
                               .assigned("consumer-2", 2, {});
  const Verdict verdict = judge(stopped_at(7s, without_one));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "only 1 of 2 partitions had an owner; partition 1 had none");
  EXPECT_EQ(judge(stopped_at(6s, without_one)).actual, "the group was still changing when it was stopped");
}

TEST(SharedOut, RefutesProgramsInTwoGroups) {
  const History history = stopped_at(
      4s,
      one_of_two().group("another").joined("consumer-2", 1).assigned("consumer-2", 1, {0, 1}).group("group"));
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "2 programs are not members of one group");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[1].note, "consumer-2 was told the group group and joined another");
}

TEST(SharedOut, RefutesAProgramThatReadsAndIsNoMember) {
  const Verdict verdict = judge(stopped_at(4s, one_of_two().delivered("consumer-2", 0, {0, 1})));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.evidence[1].note,
            "consumer-2 was told the group group and joined no group, and was given 2 messages all the same");
}

TEST(SharedOut, RefutesAProgramThatFailsBeforeItJoins) {
  const Verdict verdict = judge(one_of_two().stopped("consumer-1").told("").exited("consumer-2", 1).told(""));
  EXPECT_EQ(verdict.actual, "consumer-2 exited with 1 after 1.9 s before it had joined a group");
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(SharedOut, IsUndecidedWhereOneHadEndedBeforeTheOtherJoined) {
  EXPECT_EQ(judge(one_of_two()
                      .exited("consumer-1")
                      .told("")
                      .at(5s)
                      .joined("consumer-2", 2)
                      .assigned("consumer-2", 2, {0, 1})
                      .at(6s)
                      .stopped("consumer-2")
                      .told(""))
                .actual,
            "one of the programs had ended before another joined");
}

TEST(SharedOut, IsUndecidedWithoutTwoProgramsThatWereHeard) {
  EXPECT_EQ(judge(one_of_two().stopped("consumer-1").told("")).actual, "1 program ran in the group, not 2");
  EXPECT_EQ(judge(stopped_at(4s, one_of_two())).actual,
            "consumer-2 neither joined a group nor was given anything");
  EXPECT_EQ(judge(HistoryOf("t").stopped("consumer-1").told("").stopped("consumer-2").told("")).actual,
            "what consumer-1 and the broker said to each other was not heard in full");
}

}  // namespace
}  // namespace klab
