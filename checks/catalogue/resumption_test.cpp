#include "checks/catalogue/resumption.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

/// c1 reads a, b and c, which e reads too, and commits `next` with that outcome; then t-0 becomes c2's.
ClientsTold handed_over(std::int64_t next, CallOutcome outcome = CallOutcome::ok) {
  return ClientsTold("t", 1)
      .send("p", "a", 0, 0)
      .send("p", "b", 0, 1)
      .send("p", "c", 0, 2)
      .poll("e", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}})
      .assigned("c1", {0})
      .poll("c1", {{0, 0, "a"}, {0, 1, "b"}})
      .commit("c1", 0, next, outcome)
      .revoked("c1", {0})
      .assigned("c2", {0});
}

TEST(BadResume, IsBeforeWhatWasCommitted) {
  const History history = handed_over(2).poll("c2", {{0, 1, "b"}});
  EXPECT_EQ(refuted_by(history), Checks{"bad-resume"});
  EXPECT_EQ(judged_by("bad-resume", history).findings.worst()[0].note,
            "c2 of group g began to read t-0 at offset 1, but its group had committed 2 [line 9]");
}

TEST(BadResume, IsBehindWhatWasCommitted) {
  EXPECT_EQ(refuted_by(handed_over(1).poll("c2", {{0, 2, "c"}})), Checks{"bad-resume"});
}

TEST(BadResume, IsNoneAtTheCommit) {
  EXPECT_EQ(refuted_by(handed_over(2).poll("c2", {{0, 2, "c"}})), Checks{});
  EXPECT_EQ(outcome_of("bad-resume", handed_over(2).poll("c2", {{0, 2, "c"}})), Outcome::holds);
}

TEST(BadResume, AllowsACommitOfUnknownOutcomeToHaveHappenedOrNot) {
  EXPECT_EQ(refuted_by(handed_over(2, CallOutcome::unknown).poll("c2", {{0, 2, "c"}})), Checks{});
  EXPECT_EQ(refuted_by(handed_over(2, CallOutcome::unknown).poll("c2", {{0, 0, "a"}})), Checks{});
  EXPECT_EQ(refuted_by(handed_over(2, CallOutcome::unknown).poll("c2", {{0, 1, "b"}})), Checks{"bad-resume"});
}

TEST(BadResume, TakesACommitForFailedOnlyWhereItsErrorSaysSo) {
  const auto refuted_with = [](const char* error, std::int64_t resumed, const char* id) {
    History history = handed_over(2).poll("c2", {{0, resumed, id}});
    history.commits[0].outcome.reset();
    history.commits[0].error = error;
    return refuted_by(history);
  };
  for (const char* maybe : {"REQUEST_TIMED_OUT", "_TIMED_OUT", "UNKNOWN_SERVER_ERROR",
                            "org.apache.kafka.common.errors.TimeoutException"}) {
    EXPECT_EQ(refuted_with(maybe, 0, "a"), Checks{}) << maybe;
    EXPECT_EQ(refuted_with(maybe, 2, "c"), Checks{}) << maybe;
  }
  EXPECT_EQ(refuted_with("ILLEGAL_GENERATION", 0, "a"), Checks{});
  EXPECT_EQ(refuted_with("ILLEGAL_GENERATION", 2, "c"), Checks{"bad-resume"});
  EXPECT_EQ(refuted_with("NONE", 0, "a"), Checks{"bad-resume"});
  EXPECT_EQ(refuted_with("NONE", 2, "c"), Checks{});
}

TEST(BadResume, AllowsACommitInFlight) {
  History history = handed_over(2).poll("c2", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(history), Checks{"bad-resume"});
  history.commits[0].at = history.assigned.back().at + Moment(1);
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(BadResume, AllowsAnyOrderOfCommitsOfWhichNobodyKnowsWhenTheyWereAskedFor) {
  const auto resumed_at = [](std::int64_t offset, const std::string& id) {
    return ClientsTold("t", 1)
        .send("p", "a", 0, 0)
        .send("p", "b", 0, 1)
        .send("p", "c", 0, 2)
        .poll("e", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}})
        .assigned("c1", {0})
        .poll("c1", {{0, 0, "a"}})
        .poll("c1", {{0, 1, "b"}})
        .commit("c1", 0, 2)
        .without_times()
        .commit("c1", 0, 1)
        .without_times()
        .revoked("c1", {0})
        .assigned("c2", {0})
        .poll("c2", {{0, offset, id}});
  };
  EXPECT_EQ(refuted_by(resumed_at(2, "c")), Checks{});
  EXPECT_EQ(refuted_by(resumed_at(1, "b")), Checks{});
  EXPECT_EQ(refuted_by(resumed_at(0, "a")), Checks{"bad-resume"});
}

TEST(BadResume, IsBeforeACommitOfWhatWasReadLater) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .send("p", "b", 0, 1)
                              .assigned("c1", {0})
                              .poll("c1", {{0, 0, "a"}})
                              .commit("c1", 0, 1)
                              .without_times()
                              .poll("c1", {{0, 1, "b"}})
                              .commit("c1", 0, 2)
                              .without_times()
                              .revoked("c1", {0})
                              .assigned("c2", {0})
                              .poll("c2", {{0, 1, "b"}});
  EXPECT_EQ(refuted_by(history), Checks{"bad-resume"});
}

TEST(BadResume, TakesEitherEndForRightWhereThePolicyNamesNoReset) {
  const auto first = [](const std::string& id, std::int64_t offset) {
    return ClientsTold("t", 2)
        .assigned("c0", {1})
        .commit("c0", 1, 0)
        .send("p", "a", 0, 0)
        .send("p", "b", 0, 1)
        .assigned("c", {0})
        .send("p", "d", 0, 2)
        .poll("c", {{0, offset, id}});
  };
  EXPECT_EQ(refuted_by(first("a", 0)), Checks{});
  EXPECT_EQ(refuted_by(first("b", 1)), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(first("d", 2)), Checks{});
  EXPECT_EQ(refuted_by(first("d", 2), {.reset = ResetPolicy::earliest}), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(first("a", 0), {.reset = ResetPolicy::latest}), Checks{"bad-resume"});
}

TEST(BadResume, IsUndecidedWhereNeitherCommitsAreRecordedNorAReset) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .send("p", "b", 0, 1)
                              .assigned("c", {0})
                              .poll("c", {{0, 1, "b"}});
  EXPECT_EQ(outcome_of("bad-resume", history), Outcome::undecided);
  EXPECT_EQ(refuted_by(history, {.reset = ResetPolicy::earliest}), Checks{"bad-resume"});
}

TEST(BadResume, TakesTheStartOfTheLogForTheEarliest) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .send("p", "b", 0, 1)
                              .assigned("c", {0})
                              .poll("c", {{0, 1, "b"}})
                              .drained(0, 1, 2);
  EXPECT_EQ(refuted_by(history, {.reset = ResetPolicy::earliest}), Checks{});
}

TEST(BadResume, IsASeekThatLedElsewhere) {
  EXPECT_EQ(refuted_by(handed_over(2).seek("c2", 0, 1).poll("c2", {{0, 1, "b"}})), Checks{});
  EXPECT_EQ(refuted_by(handed_over(2).seek("c2", 0, 0).poll("c2", {{0, 1, "b"}})), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(handed_over(2).seek("c2", 0, {}).poll("c2", {{0, 1, "b"}})), Checks{});
}

TEST(BadResume, IsNoneBehindASeekAndAPollOfUnknownOutcome) {
  EXPECT_EQ(
      refuted_by(
          handed_over(2).seek("c2", 0, 1).poll("c2", {}, CallOutcome::unknown).poll("c2", {{0, 2, "c"}})),
      Checks{});
  EXPECT_EQ(
      refuted_by(
          handed_over(2).poll("c2", {}, CallOutcome::unknown).seek("c2", 0, 1).poll("c2", {{0, 2, "c"}})),
      Checks{"bad-resume"});
}

TEST(BadResume, IsNoneBehindASeekWhereTheGroupMayHaveRebalanced) {
  const auto astray = [](ClientsTold told) {
    return told.send("p", "a", 0, 0).send("p", "b", 0, 1).seek("c", 0, 1).poll("c", {{0, 0, "a"}});
  };
  EXPECT_EQ(refuted_by(astray(ClientsTold("t", 1))), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(astray(ClientsTold("t", 1).joined("c"))), Checks{});
}

TEST(BadResume, AllowsTheResetPolicyAfterASeekOutOfTheLog) {
  const auto sought = [](std::int64_t offset) {
    return handed_over(2).seek("c2", 0, offset).poll("c2", {{0, 0, "a"}});
  };
  EXPECT_EQ(refuted_by(sought(4)), Checks{});
  EXPECT_EQ(refuted_by(sought(4), {.reset = ResetPolicy::earliest}), Checks{});
  EXPECT_EQ(refuted_by(sought(4), {.reset = ResetPolicy::latest}), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(sought(4), {.reset = ResetPolicy::none}), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(sought(3)), Checks{"bad-resume"});
  const History latest = handed_over(2).seek("c2", 0, 9).send("p", "d", 0, 3).poll("c2", {{0, 3, "d"}});
  EXPECT_EQ(refuted_by(latest), Checks{});
  EXPECT_EQ(refuted_by(latest, {.reset = ResetPolicy::earliest}), Checks{"bad-resume"});
}

/// c1 reads a and b and commits `next`; then t-0 becomes c2's.
ClientsTold committed(std::int64_t next, const std::string& transaction = "") {
  ClientsTold told("t", 1);
  for (const auto& [id, offset] : {std::pair("a", 0), std::pair("b", 1)}) {
    told.send("p", id, 0, offset);
    if (!transaction.empty()) told.in(transaction);
  }
  if (!transaction.empty()) told.committed(transaction);
  return told.assigned("c1", {0})
      .poll("c1", {{0, 0, "a"}, {0, 1, "b"}})
      .commit("c1", 0, next)
      .revoked("c1", {0})
      .assigned("c2", {0});
}

TEST(BadResume, AllowsTheResetPolicyWhereTheCommitIsOutOfTheLog) {
  EXPECT_EQ(refuted_by(committed(3).poll("c2", {{0, 0, "a"}})), Checks{});
  EXPECT_EQ(refuted_by(committed(2).poll("c2", {{0, 0, "a"}})), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(committed(3, "x").poll("c2", {{0, 0, "a"}})), Checks{"bad-resume"});
  const ClientsTold late = committed(1)
                               .send("p", "c", 0, 2)
                               .send("p", "d", 0, 3)
                               .poll("c2", {{0, 3, "d"}})
                               .poll("e", {{0, 2, "c"}, {0, 3, "d"}});
  EXPECT_EQ(refuted_by(late), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(ClientsTold(late).drained(0, 2, 4)), Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(late).drained(0, 2, 4), {.reset = ResetPolicy::earliest}),
            Checks{"bad-resume"});
}

TEST(BadResume, AllowsAMemberToGoOnInAPartitionThatItIsAssignedAgain) {
  const auto again = [](std::int64_t offset, const std::string& id) {
    return ClientsTold("t", 1)
        .send("p", "a", 0, 0)
        .send("p", "b", 0, 1)
        .send("p", "c", 0, 2)
        .assigned("c1", {0})
        .poll("c1", {{0, 0, "a"}})
        .assigned("c1", {0})
        .poll("c1", {{0, offset, id}});
  };
  EXPECT_EQ(refuted_by(again(1, "b")), Checks{});
  EXPECT_EQ(refuted_by(again(2, "c")), (Checks{"bad-resume", "lost-record"}));
}

TEST(BadResume, TakesTheLogToEndAtWhatIsKnownBehindASeek) {
  const auto sought = [](std::int64_t offset) {
    return ClientsTold("t", 1)
        .send("p", "a", 0, 0)
        .send("p", "b", 0, 1)
        .topic("other")
        .send("p", "z", 0, 0)
        .in("x")
        .committed("x")
        .topic("t")
        .poll("c", {{0, 0, "a"}, {0, 1, "b"}})
        .seek("c", 0, offset)
        .poll("c", {{0, 0, "a"}});
  };
  EXPECT_EQ(refuted_by(sought(3)), Checks{});
  EXPECT_EQ(refuted_by(sought(2)), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(sought(3), {.reset = ResetPolicy::none}), Checks{"bad-resume"});
}

TEST(BadResume, AllowsTheResetPolicyBehindACommitThatMayBeOutOfTheLog) {
  const auto resumed = [](std::int64_t sought) {
    return ClientsTold("t", 1)
        .send("p", "a", 0, 0)
        .in("x")
        .committed("x")
        .assigned("c1", {0})
        .poll("c1", {{0, 0, "a"}})
        .seek("c1", 0, sought)
        .commit("c1", 0, sought)
        .revoked("c1", {0})
        .assigned("c2", {0})
        .poll("c2", {{0, 0, "a"}});
  };
  EXPECT_EQ(refuted_by(resumed(2)), Checks{});
  EXPECT_EQ(refuted_by(resumed(1)), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(committed(3, "x").poll("c2", {{0, 0, "a"}})), Checks{"bad-resume"});
}

TEST(BadResume, AllowsTheResetPolicyWhereACommitOutOfTheLogMayHaveBeenInForce) {
  const auto resumed = [](std::int64_t sought) {
    return committed(2)
        .at(30)
        .seek("c2", 0, sought)
        .commit("c2", 0, sought)
        .revoked("c2", {0}, OwnershipEnd::lost)
        .assigned("c3", {0})
        .poll("c3", {{0, 0, "a"}});
  };
  EXPECT_EQ(refuted_by(resumed(9), {.clock_error_us = 10}), Checks{});
  EXPECT_EQ(refuted_by(resumed(2), {.clock_error_us = 10}), Checks{"bad-resume"});
}

TEST(BadResume, IsNoneBehindASeekWhereThePartitionIsAssignedAnew) {
  const auto sought = [](const ClientsTold& told) { return ClientsTold(told).seek("c1", 0, 2); };
  const ClientsTold read = ClientsTold("t", 1)
                               .send("p", "a", 0, 0)
                               .send("p", "b", 0, 1)
                               .send("p", "c", 0, 2)
                               .assigned("c1", {0})
                               .poll("c1", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}});
  EXPECT_EQ(refuted_by(sought(read).assigned("c1", {0}).poll("c1", {{0, 0, "a"}})), Checks{});
  EXPECT_EQ(refuted_by(sought(read).assigned("c1", {0}).poll("c1", {{0, 2, "c"}})), Checks{});
  EXPECT_EQ(refuted_by(sought(read).poll("c1", {{0, 0, "a"}})), Checks{"bad-resume"});
  EXPECT_EQ(refuted_by(sought(read).assigned("c1", {0}).poll("c1", {{0, 0, "a"}}), {.at_most_once = true}),
            Checks{});
}

TEST(BadResume, IsUndecidedWithoutAssignments) {
  EXPECT_EQ(outcome_of("bad-resume", ClientsTold("t").send("p", "a", 0, 0).poll("c", {{0, 0, "a"}})),
            Outcome::undecided);
}

TEST(BadResume, IsNotExplainedByACommitOfUnknownOutcomeThatWasAskedForLater) {
  const auto begun_at_one = [](bool is_asked_before) {
    ClientsTold told("t", 1);
    told.send("p", "a", 0, 0).send("p", "b", 0, 1).poll("e", {{0, 0, "a"}, {0, 1, "b"}});
    if (is_asked_before) told.assigned("d", {0}).commit("d", 0, 1, CallOutcome::unknown).revoked("d", {0});
    told.assigned("c", {0}).poll("c", {{0, 1, "b"}});
    if (!is_asked_before) told.commit("c", 0, 1, CallOutcome::unknown);
    return refuted_by(told, {.reset = ResetPolicy::earliest});
  };
  EXPECT_EQ(begun_at_one(true), Checks{});
  EXPECT_EQ(begun_at_one(false), Checks{"bad-resume"});
}

// A client asks where to begin when the listener of its rebalance has returned; it may have asked before,
// too.
TEST(BadResume, MayBeginAtWhatItsMemberCommittedBeforeItReadAnything) {
  const auto after_own_commit = [](const ClientsTold::Record& first) {
    ClientsTold told("t", 1);
    told.send("p", "a", 0, 0).send("p", "b", 0, 1).send("p", "c", 0, 2).commit("", 0, 1);
    told.assigned("c", {0}).commit("c", 0, 0).poll("c", {first});
    return refuted_by(told, {.reset = ResetPolicy::earliest});
  };
  EXPECT_EQ(after_own_commit({0, 0, "a"}), Checks{});
  EXPECT_EQ(after_own_commit({0, 1, "b"}), Checks{});
  EXPECT_EQ(after_own_commit({0, 2, "c"}), Checks{"bad-resume"});
}

}  // namespace
}  // namespace klab
