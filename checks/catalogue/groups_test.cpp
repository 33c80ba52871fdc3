#include "checks/catalogue/groups.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

/// t-0 holds a, b and c, which e, of no group, reads.
ClientsTold abc() {
  return ClientsTold("t", 1)
      .send("p", "a", 0, 0)
      .send("p", "b", 0, 1)
      .send("p", "c", 0, 2)
      .poll("e", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}});
}

TEST(SharedPartition, IsTwoMembersAtOnce) {
  const History history = abc().assigned("c1", {0}).assigned("c2", {0}).revoked("c1", {0}).revoked("c2", {0});
  EXPECT_EQ(refuted_by(history), Checks{"shared-partition"});
  EXPECT_EQ(judged_by("shared-partition", history).findings.worst()[0].note,
            "t-0 was both c1 of group g's and c2 of group g's from 12 us to 14 us");
  EXPECT_EQ(refuted_by(history, {.clock_error_us = 2}), Checks{});
}

TEST(SharedPartition, IsTwoMembersThatCommitOnAndOn) {
  const History history = abc()
                              .assigned("c1", {0})
                              .assigned("c2", {0})
                              .poll("c1", {{0, 0, "a"}})
                              .commit("c1", 0, 1)
                              .poll("c2", {{0, 0, "a"}})
                              .commit("c2", 0, 1);
  EXPECT_EQ(refuted_by(history), Checks{"shared-partition"});
}

TEST(SharedPartition, IsGivenToOneWhoReadsWhileAnotherHasItUntilItIsRevoked) {
  const ClientsTold told = abc().assigned("c1", {0}).assigned("c2", {0}).poll("c2", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(ClientsTold(told).revoked("c1", {0})), Checks{"shared-partition"});
  EXPECT_EQ(refuted_by(ClientsTold(told).commit("c1", 0, 0, CallOutcome::failed).revoked("c1", {0})),
            Checks{});
}

TEST(SharedPartition, IsNoneWithAZombieOfWhichNobodySawTheEnd) {
  const History history =
      abc().assigned("c1", {0}).assigned("c2", {0}).poll("c2", {{0, 0, "a"}}).poll("c1", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(SharedPartition, IsNoneWithAZombie) {
  for (const OwnershipEnd end : {OwnershipEnd::lost, OwnershipEnd::fenced, OwnershipEnd::crashed}) {
    const History history = abc()
                                .assigned("c1", {0})
                                .assigned("c2", {0})
                                .poll("c2", {{0, 0, "a"}})
                                .poll("c1", {{0, 0, "a"}})
                                .revoked("c1", {0}, end);
    EXPECT_EQ(refuted_by(history), Checks{}) << name_of(end);
  }
}

TEST(SharedPartition, IsOneWhereTheZombieCommittedLater) {
  const History history = abc()
                              .assigned("c1", {0})
                              .poll("c1", {{0, 0, "a"}})
                              .assigned("c2", {0})
                              .commit("c1", 0, 1)
                              .revoked("c1", {0}, OwnershipEnd::lost)
                              .revoked("c2", {0});
  EXPECT_EQ(refuted_by(history), Checks{"shared-partition"});
}

TEST(SharedPartition, IsNoneWhereTheCommitMayHaveBeenAskedForBefore) {
  const History history = abc()
                              .assigned("c1", {0})
                              .poll("c1", {{0, 0, "a"}})
                              .assigned("c2", {0})
                              .commit("c1", 0, 1)
                              .without_times()
                              .revoked("c1", {0}, OwnershipEnd::lost)
                              .revoked("c2", {0});
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(SharedPartition, IsOneWhereTheCommitIsOfWhatWasReadLater) {
  const History history = abc()
                              .assigned("c1", {0})
                              .assigned("c2", {0})
                              .poll("c1", {{0, 0, "a"}})
                              .commit("c1", 0, 1)
                              .without_times()
                              .revoked("c1", {0}, OwnershipEnd::lost)
                              .revoked("c2", {0});
  EXPECT_EQ(refuted_by(history), Checks{"shared-partition"});
}

TEST(SharedPartition, IsNoneWithOneThatVanishedOrWasRefused) {
  EXPECT_EQ(
      refuted_by(
          abc().assigned("c1", {0}).poll("c1", {{0, 0, "a"}}).assigned("c2", {0}).poll("c2", {{0, 0, "a"}})),
      Checks{});
  const History refused = abc()
                              .assigned("c1", {0})
                              .assigned("c2", {0})
                              .poll("c1", {{0, 0, "a"}})
                              .commit("c1", 0, 1, CallOutcome::failed)
                              .poll("c2", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(refused), Checks{});
}

TEST(SharedPartition, IsNoneWithAManualAssignmentOrOneAfterTheOther) {
  EXPECT_EQ(
      refuted_by(
          abc().assigned("c1", {0}).manual("m", {0}).poll("c1", {{0, 0, "a"}}).poll("m", {{0, 0, "a"}})),
      Checks{});
  const History handed_over =
      abc().assigned("c1", {0}).revoked("c1", {0}).assigned("c2", {0}).assigned("c1", {});
  EXPECT_EQ(outcome_of("shared-partition", handed_over), Outcome::holds);
  EXPECT_EQ(outcome_of("shared-partition", abc()), Outcome::undecided);
}

ClientsTold two_partitions() { return ClientsTold("t", 2).joined("c1").assigned("c1", {0}); }

TEST(UncoveredPartition, IsNobodysInASettledGroup) {
  const History history = two_partitions().at(1000).left("c1");
  EXPECT_EQ(refuted_by(history, {.stable_us = 100}), Checks{"uncovered-partition"});
  EXPECT_EQ(judged_by("uncovered-partition", history, {.stable_us = 100}).findings.worst()[0].note,
            "1 of 2 partitions of t were nobody's in group g from 4 us to 1000 us, though nobody joined or "
            "left: t-1 "
            "for one");
}

TEST(UncoveredPartition, IsNoneWhileTheGroupSettlesOrIsEmpty) {
  EXPECT_EQ(outcome_of("uncovered-partition", two_partitions().at(1000).left("c1"), {.stable_us = 2000}),
            Outcome::undecided);
  const History late =
      two_partitions().at(50).assigned("c1", {0, 1}).at(1000).left("c1").at(2000).poll("e", {});
  EXPECT_EQ(outcome_of("uncovered-partition", late, {.stable_us = 100}), Outcome::holds);
  EXPECT_EQ(refuted_by(late, {.stable_us = 100}), Checks{});
}

TEST(UncoveredPartition, IsNoneOfATopicThatIsMadeLater) {
  ClientsTold late("t", 1);
  late.joined("c1").assigned("c1", {}).at(1000).poll("c1", {}).send("p", "a", 0, 0);
  late.at(1010).assigned("c1", {0}).poll("c1", {});
  EXPECT_EQ(refuted_by(late, {.stable_us = 100}), Checks{});
  const History made =
      ClientsTold("t", 1).joined("c1").assigned("c1", {}).send("p", "a", 0, 0).at(1000).poll("c1", {});
  EXPECT_EQ(refuted_by(made, {.stable_us = 100}), Checks{"uncovered-partition"});
}

TEST(UncoveredPartition, IsToldOfAGroupThatPollsOn) {
  EXPECT_EQ(refuted_by(two_partitions().at(1000).poll("c1", {}).at(2000).poll("e", {}), {.stable_us = 100}),
            Checks{"uncovered-partition"});
  const History after_a_crash = two_partitions()
                                    .joined("c2")
                                    .assigned("c2", {1})
                                    .left("c2", OwnershipEnd::crashed)
                                    .at(1000)
                                    .poll("c1", {});
  EXPECT_EQ(refuted_by(after_a_crash, {.stable_us = 100}), Checks{"uncovered-partition"});
}

TEST(UncoveredPartition, IsUndecidedWhereAMemberReadsThatTellsNoAssignments) {
  const Policy policy{.stable_us = 100};
  ClientsTold untold = abc().joined("c1").poll("c1", {{0, 0, "a"}});
  EXPECT_EQ(outcome_of("uncovered-partition", ClientsTold(untold).at(1000).poll("c1", {}), policy),
            Outcome::undecided);
  EXPECT_EQ(outcome_of("uncovered-partition", abc().joined("c1").at(1000).poll("c1", {}), policy),
            Outcome::undecided);
  untold.joined("c2").assigned("c2", {}).at(1000).poll("c2", {});
  EXPECT_EQ(outcome_of("uncovered-partition", untold, policy), Outcome::undecided);
  untold.at(1002).left("c1").at(2000).poll("c2", {});
  EXPECT_EQ(refuted_by(untold, policy), Checks{"uncovered-partition"});
}

TEST(UncoveredPartition, IsUndecidedWhereAllVanishedWithoutAWord) {
  const Policy policy{.stable_us = 100};
  const ClientsTold joined = abc().joined("c1");
  EXPECT_EQ(outcome_of("uncovered-partition", ClientsTold(joined).at(1000).poll("e", {}), policy),
            Outcome::undecided);
  const ClientsTold rebalanced = ClientsTold(joined).assigned("c1", {0}).revoked("c1", {0});
  EXPECT_EQ(outcome_of("uncovered-partition", ClientsTold(rebalanced).at(1000).poll("e", {}), policy),
            Outcome::undecided);
  EXPECT_EQ(outcome_of("uncovered-partition",
                       ClientsTold(rebalanced).at(1000).left("c1", OwnershipEnd::crashed), policy),
            Outcome::undecided);
  EXPECT_EQ(refuted_by(ClientsTold(rebalanced).at(1000).poll("c1", {}), policy),
            Checks{"uncovered-partition"});
}

TEST(CommitAhead, IsPastWhatTheMemberWasGiven) {
  const History history = abc().assigned("c", {0}).poll("c", {{0, 0, "a"}}).commit("c", 0, 2);
  EXPECT_EQ(refuted_by(history), Checks{"commit-ahead"});
  EXPECT_EQ(judged_by("commit-ahead", history).findings.worst()[0].note,
            "c of group g had read t-0 up to offset 0 and committed 2, past \"b\" at offset 1");
}

TEST(CommitAhead, IsNoneOverAGapOrBehindASeekOrWhereItFailed) {
  EXPECT_EQ(
      refuted_by(
          abc().assigned("c", {0}).poll("c", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}}).commit("c", 0, 4)),
      Checks{});
  EXPECT_EQ(refuted_by(abc().assigned("c", {0}).poll("c", {{0, 0, "a"}}).seek("c", 0, 3).commit("c", 0, 3)),
            Checks{});
  EXPECT_EQ(
      refuted_by(abc().assigned("c", {0}).poll("c", {{0, 0, "a"}}).commit("c", 0, 3, CallOutcome::failed)),
      Checks{});
  EXPECT_EQ(outcome_of("commit-ahead", abc().assigned("c", {0}).commit("c", 0, 2)), Outcome::undecided);
}

TEST(CommitAhead, IsNoneOverWhatWasDeleted) {
  const ClientsTold read = abc().assigned("c", {0}).poll("c", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(ClientsTold(read).commit("c", 0, 2).drained(0, 2, 3)), Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(read).commit("c", 0, 3).drained(0, 2, 3)), Checks{"commit-ahead"});
}

TEST(CommitAhead, IsUndecidedWhereTheGroupMayHaveRebalanced) {
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 0, "a"}}).commit("c", 0, 2)), Checks{"commit-ahead"});
  const History two = abc().poll("c", {{0, 0, "a"}}).commit("c", 0, 2).commit("d", 0, 2);
  EXPECT_EQ(refuted_by(two), Checks{});
  EXPECT_EQ(outcome_of("commit-ahead", two), Outcome::undecided);
}

TEST(CommitAhead, IsNoneThatWasAskedForBeforeASeekBackOrInTheFormerOwnership) {
  const ClientsTold read_all = abc().assigned("c", {0}).poll("c", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}});
  History sought = ClientsTold(read_all).seek("c", 0, 0).poll("c", {{0, 0, "a"}}).commit("c", 0, 3);
  EXPECT_EQ(refuted_by(sought), Checks{"commit-ahead"});
  sought.commits[0].asked = sought.seeks[0].at - Moment(1);
  EXPECT_EQ(refuted_by(sought), Checks{});
  History assigned_anew =
      ClientsTold(read_all).revoked("c", {0}).assigned("c", {0}).poll("c", {{0, 0, "a"}}).commit("c", 0, 3);
  EXPECT_EQ(refuted_by(assigned_anew), Checks{"commit-ahead"});
  assigned_anew.commits[0].asked = assigned_anew.revoked[0].at - Moment(1);
  EXPECT_EQ(refuted_by(assigned_anew), Checks{});
}

/// A first member that was given "a" and committed 1; the second is assigned the partition.
ClientsTold taken_over() {
  return ClientsTold("t", 1)
      .send("p", "a", 0, 0)
      .send("p", "b", 0, 1)
      .send("p", "c", 0, 2)
      .assigned("c1", {0})
      .poll("c1", {{0, 0, "a"}})
      .commit("c1", 0, 1)
      .revoked("c1", {0})
      .assigned("c2", {0});
}

TEST(CommitAhead, IsPastWhereAMemberBeganThatReadNothing) {
  const Policy earliest{.reset = ResetPolicy::earliest};
  const ClientsTold skipped = taken_over().commit("c2", 0, 2).revoked("c2", {0}).assigned("c3", {0});
  const History history = ClientsTold(skipped).poll("c3", {{0, 2, "c"}});
  EXPECT_EQ(refuted_by(history, earliest), (Checks{"lost-record", "commit-ahead"}));
  EXPECT_EQ(judged_by("commit-ahead", history, earliest).findings.worst()[0].note,
            "c2 of group g stood at offset 1 of t-0 and committed 2, past \"b\" at offset 1");
  EXPECT_EQ(refuted_by(history), Checks{}) << "a reset to the latest may have led there";
  EXPECT_EQ(refuted_by(taken_over().commit("c2", 0, 1), earliest), Checks{}) << "where it stood";
  EXPECT_EQ(refuted_by(taken_over().poll("c2", {}, CallOutcome::unknown).commit("c2", 0, 2), earliest),
            Checks{})
      << "it may have been given that";
}

TEST(CommitAhead, IsNoneWhereAnythingElseMayHaveMovedTheBeginning) {
  const Policy earliest{.reset = ResetPolicy::earliest};
  EXPECT_EQ(refuted_by(ClientsTold("t", 1)
                           .send("p", "a", 0, 0)
                           .send("p", "b", 0, 1)
                           .assigned("c1", {0})
                           .commit("c1", 0, 2, CallOutcome::unknown)
                           .revoked("c1", {0})
                           .assigned("c2", {0})
                           .commit("c2", 0, 2),
                       earliest),
            Checks{});
  EXPECT_EQ(
      refuted_by(
          taken_over().poll("c2", {{0, 1, "b"}}).revoked("c2", {0}).assigned("c2", {0}).commit("c2", 0, 2),
          earliest),
      Checks{})
      << "it was given that before";
  EXPECT_EQ(refuted_by(taken_over().seek("c2", 0, 2).commit("c2", 0, 2), earliest), Checks{});
  EXPECT_EQ(refuted_by(taken_over().seek("c2", 0, 1).commit("c2", 0, 2), earliest), Checks{"commit-ahead"});
}

// What a failed poll returned was not handed on.
TEST(CommitAhead, IsPastWhatOnlyAFailedPollReturned) {
  const ClientsTold read = abc().assigned("c", {0}).poll("c", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(ClientsTold(read).poll("c", {{0, 1, "b"}}, CallOutcome::failed).commit("c", 0, 2)),
            Checks{"commit-ahead"});
  EXPECT_EQ(refuted_by(ClientsTold(read).poll("c", {{0, 1, "b"}}).in("x").commit("c", 0, 2).aborted("x"),
                       {.reset = ResetPolicy::earliest}),
            Checks{"commit-ahead"})
      << "its transaction was aborted, and the commit was none of it";
  EXPECT_EQ(refuted_by(ClientsTold(read)
                           .poll("c", {}, CallOutcome::unknown)
                           .poll("c", {{0, 2, "c"}}, CallOutcome::failed)
                           .commit("c", 0, 2)),
            Checks{})
      << "a poll of unknown outcome may have handed it on";
}

TEST(CommitUnowned, IsForAPartitionThatIsNotTheMembersOwn) {
  EXPECT_EQ(refuted_by(ClientsTold("t", 2).assigned("c", {1}).commit("c", 0, 2)), Checks{"commit-unowned"});
}

TEST(CommitUnowned, IsNoneForWhatWasJustGivenUp) {
  const ClientsTold given_up = abc().assigned("c1", {0}).poll("c1", {{0, 0, "a"}}).revoked("c1", {0});
  EXPECT_EQ(refuted_by(ClientsTold(given_up).commit("c1", 0, 1)), Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(given_up).assigned("c2", {0}).commit("c1", 0, 1)),
            Checks{"commit-unowned"});
  EXPECT_EQ(refuted_by(ClientsTold(given_up).assigned("c1", {}).commit("c1", 0, 1)),
            Checks{"commit-unowned"});
}

TEST(CommitUnowned, IsNoneForWhatWasGivenUpWhereNobodyKnowsWhenItWasAskedFor) {
  EXPECT_EQ(refuted_by(abc()
                           .assigned("c1", {0})
                           .poll("c1", {{0, 0, "a"}})
                           .revoked("c1", {0})
                           .assigned("c2", {0})
                           .commit("c1", 0, 1)
                           .without_times()),
            Checks{});
}

TEST(CommitUnowned, IsNoneThatWasAskedForBeforeItWasGivenUp) {
  History history = abc()
                        .assigned("c1", {0, 1})
                        .poll("c1", {{0, 0, "a"}})
                        .revoked("c1", {0})
                        .revoked("c1", {1})
                        .commit("c1", 0, 1);
  EXPECT_EQ(refuted_by(history), Checks{"commit-unowned"});
  history.commits[0].asked = history.polls.back().at;
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(CommitUnowned, IsNoneOfWhoAssignsPartitionsToItself) {
  History history = ClientsTold("t", 2).manual("c", {1}).commit("c", 0, 0);
  history.assigned[0].group = "g";
  history.assigned[0].is_manual = true;
  EXPECT_EQ(outcome_of("commit-unowned", history), Outcome::undecided);
  history.assigned[0].is_manual = false;
  EXPECT_EQ(refuted_by(history), Checks{"commit-unowned"});
}

TEST(CommitUnowned, IsUndecidedWithoutAssignments) {
  EXPECT_EQ(outcome_of("commit-unowned", abc().poll("c", {{0, 0, "a"}}).commit("c", 0, 1)),
            Outcome::undecided);
}

}  // namespace
}  // namespace klab
