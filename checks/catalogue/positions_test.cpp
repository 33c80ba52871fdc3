#include "checks/catalogue/positions.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

/// p sends a, b, c to offsets 0, 1, 2 of t-0, and e reads them all.
ClientsTold abc() {
  return ClientsTold("t", 1)
      .send("p", "a", 0, 0)
      .send("p", "b", 0, 1)
      .send("p", "c", 0, 2)
      .poll("e", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}});
}

TEST(Skip, IsARecordPassedOverInAPoll) {
  const History history = abc().poll("c", {{0, 0, "a"}, {0, 2, "c"}});
  EXPECT_EQ(refuted_by(history), Checks{"skip"});
  EXPECT_EQ(judged_by("skip", history).findings.worst()[0].note,
            "c read t-0 at offset 0 and then 2, but \"b\" is at offset 1");
  EXPECT_EQ(judged_by("skip", history).findings.worst()[0].lines, (std::vector<Line>{7, 7}));
}

TEST(Skip, IsARecordPassedOverBetweenPolls) {
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 0, "a"}}).poll("c", {{0, 2, "c"}})), Checks{"skip"});
}

TEST(Skip, IsNoneOverOffsetsThatNobodyKnows) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .send("p", "b", 0, 1'000'000'000)
                              .poll("c", {{0, 0, "a"}, {0, 1'000'000'000, "b"}});
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("skip", history), Outcome::holds);
}

TEST(Skip, IsNoneOverAbortedRecordsForReadersOfCommittedOnes) {
  ClientsTold told("t", 1);
  told.send("p", "a", 0, 0).send("p", "b", 0, 1).in("x").aborted("x").send("p", "c", 0, 3);
  told.poll("e", {{0, 0, "a"}, {0, 1, "b"}, {0, 3, "c"}});
  EXPECT_EQ(refuted_by(told.poll_committed("c", {{0, 0, "a"}, {0, 3, "c"}})), Checks{});
  EXPECT_EQ(refuted_by(told.poll("d", {{0, 0, "a"}, {0, 3, "c"}})), Checks{"skip"});
}

/// b lies between a and c; e reads all, d what it is given later.
ClientsTold compacted(std::optional<std::string> transaction, bool is_aborted) {
  ClientsTold told("t", 1);
  told.send("p", "a", 0, 0).key("k").send("p", "b", 0, 1).key("l");
  if (transaction) told.in(*transaction);
  if (transaction) is_aborted ? told.aborted(*transaction) : told.committed(*transaction);
  return told.send("p", "c", 0, 3).key("m").poll("e", {{0, 0, "a"}, {0, 1, "b"}, {0, 3, "c"}});
}

TEST(Skip, IsNoneOverAbortedRecordsThatACompactionTookOut) {
  const auto skipped = [](const ClientsTold& told) {
    return refuted_by(ClientsTold(told).poll("d", {{0, 0, "a"}, {0, 3, "c"}}), {.compacted = true});
  };
  EXPECT_EQ(skipped(compacted("x", true)), Checks{});
  EXPECT_EQ(skipped(compacted("x", false)), Checks{"skip"});
  EXPECT_EQ(skipped(compacted({}, false)), Checks{"skip"});
}

TEST(CommitAhead, IsNoneOverAbortedRecordsThatACompactionTookOut) {
  const auto ahead = [](const ClientsTold& told) {
    return refuted_by(ClientsTold(told).assigned("d", {0}).poll("d", {{0, 0, "a"}}).commit("d", 0, 3),
                      {.compacted = true});
  };
  EXPECT_EQ(ahead(compacted("x", true)), Checks{});
  EXPECT_EQ(ahead(compacted("x", false)), Checks{"commit-ahead"});
}

TEST(Skip, IsNoneWhereALaterRecordOfTheKeyLiesNobodyKnowsWhere) {
  const auto skipped = [](ClientsTold told) {
    return refuted_by(told.poll("d", {{0, 0, "a"}, {0, 3, "c"}}), {.compacted = true});
  };
  const ClientsTold told = compacted({}, false);
  EXPECT_EQ(skipped(ClientsTold(told).unknown("p", "d", 0).key("l")), Checks{});
  EXPECT_EQ(skipped(ClientsTold(told).unknown("p", "d", 0)), Checks{});
  EXPECT_EQ(skipped(ClientsTold(told).unknown("p", "d", 0).key("k")), Checks{"skip"});
  EXPECT_EQ(skipped(ClientsTold(told).failed("p", "d", 0).key("l")), Checks{"skip"});
  EXPECT_EQ(skipped(ClientsTold(told).send("p", "d", 0, 4).key("l")), Checks{});
  EXPECT_EQ(skipped(ClientsTold(told).send("p", "d", 0, 4)), Checks{});
}

TEST(Skip, IsNoneOverAnAbortedRecordThatWasSentAgain) {
  ClientsTold told("t", 1);
  told.send("p", "a", 0, 0)
      .send("p", "b", 0, 1)
      .in("x")
      .aborted("x")
      .send("p", "b", 0, 3)
      .in("y")
      .committed("y");
  told.poll("e", {{0, 0, "a"}, {0, 1, "b"}, {0, 3, "b"}});
  EXPECT_EQ(refuted_by(told.poll_committed("c", {{0, 0, "a"}, {0, 3, "b"}})), Checks{});
}

TEST(Skip, IsNoneBehindASeekOrInAnotherPartition) {
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 0, "a"}}).seek("c", 0, 2).poll("c", {{0, 2, "c"}})), Checks{});
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 0, "a"}}).seek("c", 0, {}).poll("c", {{0, 2, "c"}})), Checks{});
}

TEST(Skip, TakesTheRecordsOfAFailedPollForReadOrNot) {
  const ClientsTold told = abc().poll("c", {{0, 0, "a"}}).poll("c", {{0, 1, "b"}}, CallOutcome::failed);
  EXPECT_EQ(refuted_by(ClientsTold(told).poll("c", {{0, 2, "c"}})), Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(told).poll("c", {{0, 1, "b"}, {0, 2, "c"}})), Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(told).poll("c", {{0, 0, "a"}})), Checks{"backstep"});
}

TEST(Skip, SaysNothingBehindAPollOfUnknownOutcome) {
  const History history =
      abc().poll("c", {{0, 0, "a"}}).poll("c", {}, CallOutcome::unknown).poll("c", {{0, 2, "c"}});
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(Skip, IsJudgedWithinAPollOnlyWhereTheGroupMayHaveRebalanced) {
  ClientsTold told = abc();
  told.poll("c", {{0, 0, "a"}}).poll("c", {{0, 2, "c"}}).poll("d", {});
  History history = told;
  for (Poll& poll : history.polls)
    if (poll.member != "e") poll.group = "g";
  EXPECT_EQ(refuted_by(history), Checks{});
  history.polls.pop_back();
  EXPECT_EQ(refuted_by(history), Checks{"skip"});
}

TEST(Skip, IsUndecidedWhereNobodyReadsTwice) {
  EXPECT_EQ(outcome_of("skip", ClientsTold("t").poll("c", {{0, 0, "a"}})), Outcome::undecided);
  EXPECT_EQ(outcome_of("backstep", ClientsTold("t").poll("c", {{0, 0, "a"}})), Outcome::undecided);
}

TEST(Backstep, IsARecordReadAgain) {
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 0, "a"}, {0, 1, "b"}}).poll("c", {{0, 1, "b"}})),
            Checks{"backstep"});
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 1, "b"}, {0, 0, "a"}, {0, 1, "b"}})), Checks{"backstep"});
}

TEST(Backstep, IsNoneBehindASeekOrInANewOwnership) {
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 1, "b"}}).seek("c", 0, 0).poll("c", {{0, 0, "a"}})), Checks{});
  const History again = abc()
                            .assigned("c", {0})
                            .poll("c", {{0, 0, "a"}})
                            .revoked("c", {0})
                            .assigned("c", {0})
                            .poll("c", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(again), Checks{});
}

TEST(Backstep, IsNoneBehindAFailedPollWhereThePartitionIsAssignedAnew) {
  const ClientsTold failed = abc()
                                 .assigned("c", {0})
                                 .poll("c", {{0, 0, "a"}})
                                 .commit("c", 0, 1)
                                 .poll("c", {{0, 1, "b"}})
                                 .poll("c", {{0, 2, "c"}}, CallOutcome::failed);
  EXPECT_EQ(refuted_by(ClientsTold(failed).assigned("c", {0}).poll("c", {{0, 1, "b"}, {0, 2, "c"}})),
            Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(failed).poll("c", {{0, 1, "b"}, {0, 2, "c"}})), Checks{"backstep"});
  EXPECT_EQ(refuted_by(ClientsTold(failed).assigned("c", {0}).poll("c", {{0, 1, "b"}, {0, 1, "b"}})),
            Checks{"backstep"});
}

TEST(Backstep, IsNoneBetweenPollsWhereTheGroupMayHaveRebalanced) {
  const auto again = [](ClientsTold told) {
    return told.poll("c", {{0, 0, "a"}, {0, 1, "b"}}).poll("c", {{0, 0, "a"}});
  };
  EXPECT_EQ(refuted_by(again(abc().joined("c"))), Checks{});
  EXPECT_EQ(refuted_by(again(abc().joined("c").assigned("c", {0}))), Checks{"backstep"});
  EXPECT_EQ(refuted_by(again(abc().commit("c", 0, 0))), Checks{"backstep"});
  EXPECT_EQ(refuted_by(again(abc().commit("c", 0, 0).joined("d"))), Checks{});
  EXPECT_EQ(refuted_by(abc().joined("c").poll("c", {{0, 1, "b"}, {0, 0, "a"}})), Checks{"backstep"});
}

TEST(UnownedRead, IsOutsideOfEveryOwnership) {
  const History history =
      abc().assigned("c", {0}).poll("c", {{0, 0, "a"}}).revoked("c", {0}).poll("c", {{0, 1, "b"}});
  EXPECT_EQ(refuted_by(history), Checks{"unowned-read"});
}

TEST(UnownedRead, IsNoneOfMembersThatDoNotTell) {
  EXPECT_EQ(refuted_by(abc().assigned("d", {0}).poll("c", {{0, 0, "a"}})), Checks{});
  EXPECT_EQ(outcome_of("unowned-read", abc()), Outcome::undecided);
  EXPECT_EQ(outcome_of("unowned-read", abc().manual("c", {0}).poll("c", {{0, 1, "b"}})), Outcome::holds);
}

// It may have moved the position, or not, and need not follow it.
TEST(Skip, IsNoneIntoAFailedPollOrBehindIt) {
  const ClientsTold failed =
      abc().assigned("c", {0}).poll("c", {{0, 0, "a"}}).poll("c", {{0, 2, "c"}}, CallOutcome::failed);
  EXPECT_EQ(refuted_by(ClientsTold(failed).poll("c", {{0, 1, "b"}, {0, 2, "c"}})), Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(failed).poll("c", {{0, 2, "c"}})), Checks{"skip"}) << "\"b\" is left out";
  EXPECT_EQ(refuted_by(abc()
                           .assigned("c", {0})
                           .poll("c", {{0, 2, "c"}}, CallOutcome::failed)
                           .poll("c", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}})),
            Checks{});
}

TEST(Stale, TellsWhatWaitedLongerThanThePolicySays) {
  const History history = ClientsTold("t", 1).send("p", "a", 0, 0).at(1000).poll("c", {{0, 0, "a"}});
  EXPECT_EQ(judged_by("stale", history, {.lag_us = 100}).findings.count(), 1u);
  EXPECT_EQ(judged_by("stale", history, {.lag_us = 100}).outcome, Outcome::holds);
  EXPECT_EQ(judged_by("stale", history, {.lag_us = 1000}).findings.count(), 0u);
  EXPECT_EQ(refuted_by(history, {.lag_us = 100, .classes = {{"stale", CheckClass::fail}}}), Checks{"stale"});
  EXPECT_EQ(outcome_of("stale", ClientsTold("t")), Outcome::undecided);
  EXPECT_EQ(outcome_of("stale", history), Outcome::undecided) << "nothing could refute it";
}

/// c reads a and b within x, which ends so, and then a again.
ClientsTold read_again(ClientsTold (*end)(ClientsTold)) {
  return end(abc().poll("c", {{0, 0, "a"}, {0, 1, "b"}}).in("x")).poll("c", {{0, 0, "a"}});
}

TEST(Backstep, IsNoneBehindATransactionThatMayHaveBeenAborted) {
  EXPECT_EQ(refuted_by(read_again([](ClientsTold told) { return told.committed("x"); })), Checks{"backstep"});
  EXPECT_EQ(refuted_by(read_again([](ClientsTold told) { return told.aborted("x"); })), Checks{});
  EXPECT_EQ(refuted_by(read_again([](ClientsTold told) { return told.unknown_end("x"); })), Checks{});
  EXPECT_EQ(refuted_by(read_again([](ClientsTold told) { return told; })), Checks{});
}

TEST(Backstep, IsOneWithinATransactionHoweverThatEnds) {
  const History history =
      abc().poll("c", {{0, 0, "a"}, {0, 1, "b"}}).in("x").poll("c", {{0, 0, "a"}}).in("x");
  EXPECT_EQ(refuted_by(history), Checks{"backstep"});
}

}  // namespace
}  // namespace klab
