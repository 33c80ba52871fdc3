#include "checks/groups/once_in_group.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// consumer-1 owns partition 0, is given offsets 0 to 2, and gives it up at 4 s.
HistoryOf given_three() {
  HistoryOf history("t", 1);
  return history.sample(3)
      .stored(0, 0, 0)
      .stored(0, 1, 1)
      .stored(0, 2, 2)
      .overheard("consumer-1")
      .overheard("consumer-2")
      .at(1s)
      .joined("consumer-1", 1)
      .assigned("consumer-1", 1, {0})
      .at(2s)
      .delivered("consumer-1", 0, {0, 1, 2})
      .at(3s);
}

/// And consumer-2 owns it from 5 s on.
HistoryOf hand_over(HistoryOf history) {
  return history.at(4s)
      .revoked("consumer-1", {0})
      .at(5s)
      .joined("consumer-2", 2)
      .assigned("consumer-2", 2, {0});
}

History over(HistoryOf history) {
  return history.at(9s).stopped("consumer-1").told("").stopped("consumer-2").told("").drained();
}

Verdict judge(const HistoryOf& history) { return once_in_group(over(history), "t", "group"); }

TEST(OnceInGroup, HoldsWhereTheNextMemberGoesOnAtTheCommittedPosition) {
  const Verdict verdict =
      judge(hand_over(given_three().commits("consumer-1", 0, 3)).delivered("consumer-2", 0, {3, 4}));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "5 messages given to 2 programs, 0 of them again after a hand-over");
}

// At least once: what had not been committed comes again.
TEST(OnceInGroup, HoldsWhereWhatWasNotCommittedComesAgain) {
  const Verdict verdict =
      judge(hand_over(given_three().commits("consumer-1", 0, 1)).delivered("consumer-2", 0, {1, 2, 3}));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "4 messages, of which 2 were given again by right");
}

// As a consumer does whose offsets go with its transactions, and are aborted with one.
TEST(OnceInGroup, HoldsWhereThePositionWasAbortedWithItsTransaction) {
  History history =
      over(hand_over(given_three().commits("consumer-1", 0, 2)).delivered("consumer-2", 0, {1, 2}));
  history.commits[0].transactional_id = "tx";
  history.transactions = {{.line = history.commits[0].line + 1,
                           .at = 3500ms,
                           .transactional_id = "tx",
                           .step = TransactionStep::aborted}};
  EXPECT_EQ(name_of(once_in_group(history, "t", "group").outcome), "holds");
  history.transactions[0].step = TransactionStep::committed;
  EXPECT_EQ(name_of(once_in_group(history, "t", "group").outcome), "refuted");
}

// No hand-over: an assignor that gives a partition to both.
TEST(OnceInGroup, RefutesWhatTwoOwnersAreGivenAtTheSameTime) {
  const Verdict verdict = judge(given_three()
                                    .commits("consumer-1", 0, 1)
                                    .joined("consumer-2", 1)
                                    .assigned("consumer-2", 1, {0})
                                    .at(4s)
                                    .delivered("consumer-2", 0, {1, 2}));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(
      verdict.evidence.at(0).note,
      "partition 0 offset 1 was given to consumer-1 at 2.000 s and to consumer-2 at 4.000 s, at the same "
      "time: both owned the partition");
}

TEST(OnceInGroup, RefutesWhatWasCommittedAndIsGivenAgain) {
  const HistoryOf history =
      hand_over(given_three().commits("consumer-1", 0, 2)).delivered("consumer-2", 0, {1, 2});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  const History plain = history;
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(plain.delivered[0], plain.delivered[1], plain.commits[0]));
  EXPECT_EQ(verdict.evidence[0].note,
            "partition 0 offset 1 was given to consumer-1 at 2.000 s and to consumer-2 at 5.000 s, although "
            "offset 2 "
            "had been committed before");
}

// It may have been taken, or not; nor is it known that nobody tried.
TEST(OnceInGroup, HoldsWhereOnlyACommitWithoutAnAnswerForbidsIt) {
  EXPECT_EQ(name_of(judge(hand_over(given_three().commits("consumer-1", 0, 3).not_answered())
                              .delivered("consumer-2", 0, {0, 1, 2}))
                        .outcome),
            "holds");
}

TEST(OnceInGroup, HoldsWhereACommitWithoutAnAnswerMayHaveTakenTheGroupBack) {
  EXPECT_EQ(
      name_of(judge(hand_over(
                        given_three().commits("consumer-1", 0, 3).commits("consumer-1", 0, 1).not_answered())
                        .delivered("consumer-2", 0, {1, 2}))
                  .outcome),
      "holds");
}

TEST(OnceInGroup, RefutesWhatWasCommittedBeforeACommitWithoutAnAnswer) {
  EXPECT_EQ(
      name_of(judge(hand_over(
                        given_three().commits("consumer-1", 0, 2).commits("consumer-1", 0, 3).not_answered())
                        .delivered("consumer-2", 0, {1, 2}))
                  .outcome),
      "refuted");
}

TEST(OnceInGroup, RefutesAGroupThatNeverCommits) {
  const HistoryOf never = hand_over(given_three()).delivered("consumer-2", 0, {0});
  EXPECT_EQ(name_of(judge(never).outcome), "refuted");
  // One that commits as it ends is late, and still at least once.
  EXPECT_EQ(name_of(judge(HistoryOf(never).at(8s).commits("consumer-2", 0, 3)).outcome), "holds");
  EXPECT_EQ(name_of(judge(HistoryOf(never).committed(0, 3)).outcome), "holds");
}

TEST(OnceInGroup, HoldsForAGroupThatNeverCommitsAndNeverNeededTo) {
  EXPECT_EQ(name_of(judge(given_three().joined("consumer-2", 1).assigned("consumer-2", 1, {})).outcome),
            "holds");
}

// It had dropped what it had fetched ahead: nobody saw it twice.
TEST(OnceInGroup, HoldsForWhatAClientFetchesAgainAndPrintsOnce) {
  const auto again = given_three()
                         .joined("consumer-2", 1)
                         .delivered("consumer-1", 0, {1, 2})
                         .pattern(".")
                         .printed("consumer-1", 0)
                         .printed("consumer-1", 1);
  EXPECT_EQ(name_of(judge(again).outcome), "holds");
  const Verdict verdict = judge(HistoryOf(again).printed("consumer-1", 1));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 record is printed more often than given");
  ASSERT_FALSE(verdict.evidence.empty());
  EXPECT_EQ(verdict.evidence[0].note,
            "record 2 of the file (id 900000002) was given to consumer-1 1 time, which printed it 2 times");
}

TEST(OnceInGroup, LetsARecordBePrintedForEachHandOver) {
  EXPECT_EQ(name_of(judge(hand_over(given_three().commits("consumer-1", 0, 0))
                              .delivered("consumer-2", 0, {0})
                              .pattern(".")
                              .printed("consumer-1", 0)
                              .printed("consumer-2", 0))
                        .outcome),
            "holds");
}

TEST(OnceInGroup, DoesNotJudgeWhatComesAfterTheStop) {
  EXPECT_EQ(name_of(judge(hand_over(given_three()).at(10s).delivered("consumer-2", 0, {0})).outcome),
            "holds");
}

TEST(OnceInGroup, IsUndecidedWhereThereIsNothingToJudge) {
  EXPECT_EQ(judge(given_three()).actual, "2 programs ran, not as members of one group");
  EXPECT_EQ(judge(HistoryOf("t", 1)).actual,
            "what consumer-1 and the broker said to each other was not heard in full");
  EXPECT_EQ(judge(HistoryOf("t", 1)
                      .overheard("consumer-1")
                      .overheard("consumer-2")
                      .joined("consumer-1", 1)
                      .joined("consumer-2", 1))
                .actual,
            "nobody was given anything");
}

}  // namespace
}  // namespace klab
