#include "checks/catalogue/groups.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/clients_told.hpp"

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

TEST(SharedPartition, IsTwoMembersThatReadOnAndOn) {
  const History history =
      abc().assigned("c1", {0}).assigned("c2", {0}).poll("c1", {{0, 0, "a"}}).poll("c2", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(history), Checks{"shared-partition"});
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

TEST(CommitUnowned, IsUndecidedWithoutAssignments) {
  EXPECT_EQ(outcome_of("commit-unowned", abc().poll("c", {{0, 0, "a"}}).commit("c", 0, 1)),
            Outcome::undecided);
}

}  // namespace
}  // namespace klab
