#include "checks/groups/given_its_own.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// consumer-1 owns both partitions from 1 s to 2 s; from 3 s on it owns 0, and consumer-2 owns 1.
HistoryOf two_members() {
  HistoryOf history("t");
  return history.overheard("consumer-1")
      .overheard("consumer-2")
      .at(1s)
      .joined("consumer-1", 1)
      .assigned("consumer-1", 1, {0, 1})
      .delivered("consumer-1", 1, {0})
      .at(2s)
      .revoked("consumer-1", {0, 1})
      .at(3s)
      .joined("consumer-1", 2)
      .joined("consumer-2", 2)
      .assigned("consumer-1", 2, {0})
      .assigned("consumer-2", 2, {1});
}

Verdict judge(HistoryOf history) {
  const History over = history.at(20s).stopped("consumer-1").told("").stopped("consumer-2").told("");
  return given_its_own(over, "t", "group", 2);
}

TEST(GivenItsOwn, HoldsWhereEachIsGivenWhatItOwns) {
  const Verdict verdict =
      judge(two_members().delivered("consumer-1", 0, {0, 1}).delivered("consumer-2", 1, {1}));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "4 messages given to 2 programs");
}

// With one key all records are in one partition: the other's member rightly gets none.
TEST(GivenItsOwn, HoldsForAMemberWhosePartitionsHoldNothing) {
  EXPECT_EQ(name_of(judge(two_members().delivered("consumer-2", 1, {1})).outcome), "holds");
}

TEST(GivenItsOwn, RefutesMessagesOfAPartitionThatWasNeverOwned) {
  const HistoryOf history = two_members().delivered("consumer-2", 0, {4, 5});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(History(history).delivered[1]));
  EXPECT_EQ(verdict.evidence[0].note,
            "at 3.000 s consumer-2 was given 2 messages of partition 0, which it had never owned");
}

// What was asked for before comes after; the client drops it. Who goes on asking gets more than one answer.
TEST(GivenItsOwn, LetsPassOneAnswerThatComesTooLate) {
  const auto late = two_members().delivered("consumer-1", 1, {1});
  EXPECT_EQ(name_of(judge(late).outcome), "holds");
  const Verdict verdict = judge(HistoryOf(late).at(4s).delivered("consumer-1", 1, {2}));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.evidence[0].note,
            "at 4.000 s consumer-1 was given 1 message of partition 1, which it had given up at 2.000 s");
}

TEST(GivenItsOwn, DoesNotJudgeWhatComesAfterTheStop) {
  EXPECT_EQ(name_of(judge(two_members().at(21s).delivered("consumer-2", 0, {4})).outcome), "holds");
}

TEST(GivenItsOwn, RefutesAPartitionThatTwoOwnAtTheSameTime) {
  const auto both_own_all = HistoryOf("t")
                                .overheard("consumer-1")
                                .overheard("consumer-2")
                                .at(1s)
                                .joined("consumer-1", 1)
                                .joined("consumer-2", 1)
                                .assigned("consumer-1", 1, {0, 1})
                                .assigned("consumer-2", 1, {0, 1})
                                .delivered("consumer-1", 0, {1})
                                .delivered("consumer-2", 1, {1});
  const Verdict verdict = judge(both_own_all);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "a partition belonged to two members at the same time");
}

TEST(GivenItsOwn, RefutesMembersOfWhichOnlyOneEverOwnsAnything) {
  const auto replaced = HistoryOf("t")
                            .overheard("consumer-1")
                            .overheard("consumer-2")
                            .at(1s)
                            .joined("consumer-1", 1)
                            .assigned("consumer-1", 1, {0, 1})
                            .at(2s)
                            .joined("consumer-2", 1)
                            .revoked("consumer-1", {0, 1})
                            .assigned("consumer-2", 1, {0, 1})
                            .delivered("consumer-2", 1, {1});
  const Verdict verdict = judge(replaced);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "at no time did all 2 programs own partitions");
}

// One that ends when nothing has come for a while has read what there was.
TEST(GivenItsOwn, IsUndecidedWhereOneEndedByItselfBeforeTheOtherWasAMember) {
  HistoryOf one_after_the_other("t");
  one_after_the_other.overheard("consumer-1").overheard("consumer-2");
  one_after_the_other.at(1s)
      .joined("consumer-1", 1)
      .assigned("consumer-1", 1, {0, 1})
      .at(2s)
      .revoked("consumer-1", {0, 1});
  one_after_the_other.exited("consumer-1").told("");
  one_after_the_other.at(3s).joined("consumer-2", 2).assigned("consumer-2", 2, {0, 1});
  const History over = one_after_the_other.at(20s).exited("consumer-2").told("");
  const Verdict verdict = given_its_own(over, "t", "group", 2);
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "consumer-1 ended by itself, and at no time did all 2 own partitions");
}

TEST(GivenItsOwn, IsUndecidedWhereThereIsNothingToJudge) {
  EXPECT_EQ(judge(HistoryOf("t").overheard("consumer-1").overheard("consumer-2")).actual,
            "the 2 programs are not members of one group");
  EXPECT_EQ(given_its_own(two_members().stopped("consumer-1").told(""), "t", "group", 2).actual,
            "1 program ran in the group, not 2");
  EXPECT_EQ(judge(HistoryOf("t")).actual,
            "what consumer-1 and the broker said to each other was not heard in full");
}

}  // namespace
}  // namespace klab
