#include "checks/catalogue/lost_records.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

/// p sends a, b, c to offsets 0, 1, 2 of t-0.
ClientsTold abc() {
  return ClientsTold("t", 1).send("p", "a", 0, 0).send("p", "b", 0, 1).send("p", "c", 0, 2);
}

TEST(LostRecord, IsOneThatTheDrainingReaderDidNotFind) {
  const History history = abc().poll("c", {{0, 0, "a"}, {0, 1, "b"}}).drained(0, 0, 3);
  EXPECT_EQ(refuted_by(history), Checks{"lost-record"});
  const Judgement judgement = judged_by("lost-record", history);
  ASSERT_EQ(judgement.findings.worst().size(), 1u);
  const Finding& finding = judgement.findings.worst()[0];
  EXPECT_EQ(finding.lines, (std::vector<Line>{5}));
  EXPECT_EQ(finding.note, "\"c\" of t-0 was acknowledged but nobody was given it");
  EXPECT_EQ(finding.life, (std::vector<std::string>{
                              "p sent it at 6 us: acked at 7 us, for t-0 at offset 2 [line 5]",
                              "the log holds it in t-0 at offset 2, as its acknowledgement says",
                              "no poll returned it", "the highest offset that anybody read in t-0 is 1"}));
}

TEST(LostRecord, IsOneBehindTheEndOfADrainedLogThatWasTruncated) {
  EXPECT_EQ(refuted_by(abc().poll("c", {{0, 0, "a"}}).drained(0, 0, 1)), Checks{"lost-record"});
  EXPECT_EQ(refuted_by(abc().poll("c", {}).drained(0, 0, 0)), Checks{"lost-record"});
}

TEST(LostRecord, IsNoneBehindALastStableOffset) {
  const ClientsTold open =
      ClientsTold("t", 1).send("p", "a", 0, 0).send("q", "x", 0, 1).in("hanging").send("p", "b", 0, 2);
  EXPECT_EQ(refuted_by(ClientsTold(open).poll_committed("c", {{0, 0, "a"}}).drained(0, 0, 1)), Checks{});
  // Its markers may be written after its end was answered.
  const History just_ended =
      ClientsTold(open).committed("hanging").poll_committed("c", {{0, 0, "a"}}).drained(0, 0, 1);
  EXPECT_EQ(refuted_by(just_ended), Checks{});
  EXPECT_EQ(
      judged_by("unseen", just_ended).why,
      "a drained partition was read to its last stable offset only, behind which some of these may lie");
  EXPECT_EQ(refuted_by(ClientsTold(open).committed("hanging").poll("c", {{0, 0, "a"}}).drained(0, 0, 1)),
            (Checks{"lost-record"}));
}

// Where b lies nobody says: in the log, but behind the markers that are still to come, perhaps.
TEST(LostRecord, IsNoneOfUnknownOffsetBehindALastStableOffset) {
  const auto stopped_early = [](auto poll) {
    ClientsTold told("t", 2);
    told.send("p", "a", 0, 0).in("x").unknown("p", "b", 1).in("x").committed("x");
    return refuted_by(poll(told).drained(0, 0, 2).drained(1, 0, 0));
  };
  EXPECT_EQ(stopped_early([](ClientsTold& told) {
              return told.poll_committed("c", {{0, 0, "a"}});
            }),
            Checks{});
  EXPECT_EQ(stopped_early([](ClientsTold& told) {
              return told.poll("c", {{0, 0, "a"}});
            }),
            (Checks{"lost-record", "torn-transaction"}));
}

// One was proved by a poll that failed, which says nothing of the other.
TEST(LostRecord, IsNoneOfASendOfUnknownOutcomeWhoseIdWasReadWhereAnotherLies) {
  const History history = ClientsTold("t", 2)
                              .unknown("p", "a", 1)
                              .send("p", "a", 0, 0)
                              .send("p", "b", 1, 0)
                              .poll("c", {{1, 0, "b"}})
                              .poll("c", {{0, 0, "a"}}, CallOutcome::failed)
                              .drained(1, 0, 1);
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(LostRecord, IsTheOneOfTwoWithItsIdThatLiesWhereNobodyReadIt) {
  const ClientsTold twice = ClientsTold("t", 1).send("p", "a", 0, 0).send("p", "a", 0, 1);
  EXPECT_EQ(refuted_by(ClientsTold(twice).poll("c", {{0, 0, "a"}}).drained(0, 0, 2)), Checks{"lost-record"});
  EXPECT_EQ(refuted_by(ClientsTold(twice).poll("c", {{0, 0, "a"}, {0, 1, "a"}}).drained(0, 0, 2)), Checks{});
}

// By clocks that may be wrong the second of these members comes last: it began where the reset policy said.
TEST(LostRecord, IsNoneBetweenOwnershipsOfWhichNobodyKnowsTheOrder) {
  ClientsTold told("t", 1);
  told.send("p", "a", 0, 0).send("p", "b", 0, 1).send("p", "c", 0, 2).send("p", "d", 0, 3);
  told.at(100).assigned("c1", {0}).poll("c1", {{0, 0, "a"}}).left("c1", OwnershipEnd::crashed);
  told.at(150).assigned("c3", {0}).poll("c3", {{0, 3, "d"}});
  told.at(180).assigned("c2", {0}).poll("c2", {{0, 2, "c"}}).commit("c2", 0, 3);
  EXPECT_EQ(outcome_of("lost-record", told, {.reset = ResetPolicy::latest, .clock_error_us = 100}),
            Outcome::holds);
}

TEST(LostRecord, IsOneBetweenTwoOwnershipsOfAGroup) {
  const History history = abc()
                              .assigned("c1", {0})
                              .poll("c1", {{0, 0, "a"}})
                              .commit("c1", 0, 1)
                              .revoked("c1", {0})
                              .assigned("c2", {0})
                              .poll("c2", {{0, 2, "c"}});
  EXPECT_EQ(refuted_by(history), (Checks{"lost-record", "bad-resume"}));
}

TEST(LostRecord, IsOneOfUnknownOffsetBetweenOthersInTime) {
  ClientsTold told("t", 1);
  told.send("p", "a", 0, 0).send("p", "b", 0, 1).send("p", "c", 0, 1);
  History history = told.poll("c", {{0, 0, "a"}, {0, 1, "c"}});
  history.sends[1].offset.reset();
  EXPECT_EQ(refuted_by(history), Checks{"lost-record"});
}

/// Nobody says where b lies, nor when a was sent.
History of_unknown_place(History history) {
  history.sends[0].begin.reset();
  history.sends[1].offset.reset();
  return history;
}

TEST(LostRecord, IsNoneOfUnknownOffsetBehindTheOnlyRecordThatWasRead) {
  const ClientsTold ab = ClientsTold("t", 1).send("p", "a", 0, 0).send("p", "b", 0, 1);
  const History behind = of_unknown_place(ClientsTold(ab).poll("c", {{0, 0, "a"}}));
  EXPECT_EQ(refuted_by(behind), Checks{});
  EXPECT_EQ(refuted_by(behind, {.clock_error_us = 1}), Checks{});
  EXPECT_EQ(outcome_of("unseen", behind, {.clock_error_us = 1}), Outcome::undecided);
  const History between =
      of_unknown_place(ClientsTold(ab).at(50).send("p", "c", 0, 2).poll("c", {{0, 0, "a"}, {0, 2, "c"}}));
  EXPECT_EQ(refuted_by(between), Checks{"lost-record"});
}

TEST(LostRecord, IsOneOfUnknownOffsetInALogThatWasReadFromItsStart) {
  const auto read = [](std::int64_t from) {
    History history = ClientsTold("t", 1)
                          .send("p", "a", 0, from)
                          .send("p", "b", 0, from + 1)
                          .send("p", "c", 0, from + 2)
                          .poll("m", {{0, from, "a"}, {0, from + 2, "c"}});
    for (Send& send : history.sends) send.offset.reset();
    return history;
  };
  EXPECT_EQ(refuted_by(read(0)), Checks{"lost-record"});
  EXPECT_EQ(refuted_by(read(1)), Checks{});
  EXPECT_EQ(refuted_by(read(1), {.idempotent = true}), Checks{"lost-record"});
}

TEST(LostRecord, IsNoneOfUnknownOffsetBehindALateCopy) {
  const auto read = [](std::int64_t acknowledged) {
    History history = ClientsTold("t", 1)
                          .send("p", "a", 0, acknowledged)
                          .send("p", "b", 0, 1)
                          .send("p", "c", 0, 3)
                          .seek("m", 0, 2)
                          .poll("m", {{0, 2, "a"}, {0, 3, "c"}});
    history.sends[1].offset.reset();
    if (acknowledged < 0) history.sends[0].offset.reset();
    return history;
  };
  EXPECT_EQ(refuted_by(read(0)), Checks{});
  EXPECT_EQ(refuted_by(read(-1)), Checks{});
  EXPECT_EQ(refuted_by(read(-1), {.retries = 0}), Checks{"lost-record"});
  EXPECT_EQ(refuted_by(read(2)), Checks{"lost-record"});
}

TEST(LostRecord, IsNoneOfUnknownOffsetThatMayHaveBeenDeleted) {
  const ClientsTold read = ClientsTold(abc()).poll("c", {{0, 0, "a"}, {0, 2, "c"}});
  EXPECT_EQ(refuted_by(of_unknown_place(ClientsTold(read).drained(0, 2, 3))), Checks{});
  EXPECT_EQ(refuted_by(of_unknown_place(ClientsTold(read).drained(0, 0, 3))), Checks{"lost-record"});
  History first_kept = ClientsTold("t", 1)
                           .send("p", "a", 0, 2)
                           .send("p", "b", 0, 3)
                           .send("p", "c", 0, 4)
                           .poll("c", {{0, 2, "a"}, {0, 4, "c"}})
                           .drained(0, 2, 5);
  EXPECT_EQ(refuted_by(of_unknown_place(std::move(first_kept))), Checks{"lost-record"});
}

TEST(LostRecord, IsNoneWhereItsOutcomeIsUnknown) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .unknown("p", "b", 0)
                              .failed("p", "c", 0)
                              .poll("c", {{0, 0, "a"}})
                              .drained(0, 0, 1);
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("lost-record", history), Outcome::holds);
}

TEST(LostRecord, IsNoneAboveWhatAnybodyRead) {
  const History history = abc().poll("c", {{0, 0, "a"}});
  EXPECT_EQ(outcome_of("lost-record", history), Outcome::holds);
  EXPECT_EQ(outcome_of("unseen", history), Outcome::undecided);
  EXPECT_EQ(judged_by("unseen", history).findings.count(), 2u);
}

TEST(LostRecord, IsNoneThatASeekJumpedOver) {
  const History history = abc().poll("c", {{0, 0, "a"}}).seek("c", 0, 2).poll("c", {{0, 2, "c"}});
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(judged_by("unseen", history).findings.count(), 1u);
}

TEST(LostRecord, IsNoneThatASeekJumpedOverToAPollThatFailed) {
  const ClientsTold read = abc().poll("c", {{0, 0, "a"}});
  const ClientsTold sought = ClientsTold(read).seek("c", 0, 2);
  EXPECT_EQ(
      refuted_by(ClientsTold(sought).poll("c", {{0, 2, "c"}}, CallOutcome::failed).poll("c", {{0, 2, "c"}})),
      Checks{});
  EXPECT_EQ(
      refuted_by(ClientsTold(sought).poll("c", {{0, 2, "c"}}).in("x").aborted("x").poll("c", {{0, 2, "c"}})),
      Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(read)
                           .poll("c", {}, CallOutcome::unknown)
                           .poll("c", {{0, 2, "c"}}, CallOutcome::failed)
                           .poll("c", {{0, 2, "c"}})),
            Checks{});
  EXPECT_EQ(
      refuted_by(ClientsTold(read).poll("c", {{0, 2, "c"}}, CallOutcome::failed).poll("c", {{0, 2, "c"}})),
      (Checks{"lost-record", "skip"}));
}

TEST(LostRecord, IsNoneThatAnothersPollOfUnknownOutcomeMayHaveReturned) {
  const ClientsTold first = abc().joined("c1").joined("c2").poll("c1", {{0, 0, "a"}}).commit("c1", 0, 1);
  EXPECT_EQ(refuted_by(ClientsTold(first).poll("c1", {{0, 2, "c"}})), Checks{"lost-record"});
  EXPECT_EQ(refuted_by(ClientsTold(first).poll("c2", {}, CallOutcome::unknown).poll("c1", {{0, 2, "c"}})),
            Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(first).poll("c1", {{0, 2, "c"}}).poll("c2", {}, CallOutcome::unknown)),
            Checks{"lost-record"});
}

TEST(LostRecord, IsNoneWhereAGroupThatTellsNoAssignmentsMayHaveBegunBehindIt) {
  const ClientsTold first = abc().joined("c1").joined("c2").poll("c1", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(ClientsTold(first)
                           .commit("c1", 0, 1)
                           .seek("c1", 0, 2)
                           .commit("c1", 0, 2)
                           .poll("c2", {{0, 2, "c"}})),
            Checks{});
  const History uncommitted = ClientsTold(first).poll("c2", {{0, 2, "c"}}).commit("c2", 0, 3);
  EXPECT_EQ(refuted_by(uncommitted), Checks{});
  EXPECT_EQ(refuted_by(uncommitted, {.reset = ResetPolicy::earliest}), Checks{"lost-record"});
}

TEST(LostRecord, IsNoneBeforeAGroupThatBeginsAtTheLatest) {
  const History history = abc().assigned("c", {0}).send("p", "d", 0, 3).poll("c", {{0, 3, "d"}});
  EXPECT_EQ(refuted_by(history, {.reset = ResetPolicy::latest}), Checks{});
}

TEST(LostRecord, IsNoneThatWasDeletedBeforeTheDrainedRange) {
  const History history = abc().poll("c", {{0, 2, "c"}}).drained(0, 2, 3);
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(LostRecord, IsNoneThatACompactionTookOut) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .key("k")
                              .send("p", "b", 0, 1)
                              .key("k")
                              .poll("c", {{0, 1, "b", "k"}})
                              .drained(0, 0, 2);
  EXPECT_EQ(refuted_by(history), Checks{"lost-record"});
  EXPECT_EQ(refuted_by(history, {.compacted = true}), Checks{});
}

TEST(LostRecord, IsOneOfATransactionThatWasCommittedWhateverItsAcknowledgementSays) {
  const History committed = ClientsTold("t", 1)
                                .send("p", "a", 0, 0)
                                .unknown("p", "b", 0)
                                .in("x")
                                .committed("x")
                                .poll("c", {{0, 0, "a"}})
                                .drained(0, 0, 3);
  EXPECT_EQ(refuted_by(committed), Checks{"lost-record"});
  const History aborted = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .send("p", "b", 0, 1)
                              .in("x")
                              .aborted("x")
                              .poll("c", {{0, 0, "a"}})
                              .drained(0, 0, 3);
  EXPECT_EQ(refuted_by(aborted), Checks{});
}

TEST(LostRecord, IsUndecidedWhereNothingWasReadOrSent) {
  EXPECT_EQ(judged_by("lost-record", abc()).why, "nobody read anything");
  const History nothing_sent = ClientsTold("t").poll("c", {{0, 0, "a"}});
  EXPECT_EQ(judged_by("lost-record", nothing_sent).why, "no send is known to have been stored");
}

/// x sends a and b; of unknown end, unless a reader of committed records proves it.
ClientsTold torn() {
  return ClientsTold("t", 1)
      .begun("x")
      .send("p", "a", 0, 0)
      .in("x")
      .send("p", "b", 0, 1)
      .in("x")
      .unknown_end("x");
}

TEST(TornTransaction, IsOneOfWhichARecordWasReadAndAnotherLost) {
  const History history = torn().poll_committed("c", {{0, 0, "a"}}).drained(0, 0, 3);
  EXPECT_EQ(refuted_by(history), (Checks{"lost-record", "torn-transaction"}));
}

/// Nobody says where b of x lies, nor when it was acknowledged. What is read begins at offset 5.
ClientsTold torn_of_unknown_place() {
  return ClientsTold("t", 1)
      .send("q", "before", 0, 5)
      .unknown("p", "a", 0)
      .in("x")
      .unknown("p", "b", 0)
      .in("x")
      .times(30, {})
      .at(40);
}

ClientsTold with_another_behind(ClientsTold told) {
  return told.send("q", "behind", 0, 9)
      .poll_committed("c", {{0, 5, "before"}, {0, 6, "a"}, {0, 9, "behind"}});
}

TEST(TornTransaction, IsOneOfUnknownPlaceThatWasCommittedBeforeAnotherWasSent) {
  const History history = with_another_behind(torn_of_unknown_place().committed("x"));
  EXPECT_EQ(refuted_by(history), (Checks{"lost-record", "torn-transaction"}));
}

TEST(TornTransaction, IsNoneOfUnknownPlaceThatMayLieElsewhere) {
  const History history = with_another_behind(torn_of_unknown_place().committed("x"));
  EXPECT_EQ(refuted_by(history, {.clock_error_us = 25}), Checks{});
  History sent_before = history;
  sent_before.sends[2].begin = Moment(1);
  EXPECT_EQ(refuted_by(sent_before), Checks{});
  History nothing_behind = history;
  nothing_behind.sends[3].begin = Moment(41);
  EXPECT_EQ(refuted_by(nothing_behind), Checks{});
  EXPECT_EQ(refuted_by(with_another_behind(torn_of_unknown_place().unknown_end("x"))), Checks{});
  EXPECT_EQ(refuted_by(with_another_behind(torn_of_unknown_place().aborted("x"))), Checks{"aborted-read"});
}

TEST(TornTransaction, IsOneThatLiesBehindAnotherTransaction) {
  const History history = with_another_behind(ClientsTold("t", 1)
                                                  .unknown("q", "before", 0)
                                                  .in("y")
                                                  .committed("y")
                                                  .unknown("p", "a", 0)
                                                  .in("x")
                                                  .unknown("p", "b", 0)
                                                  .in("x")
                                                  .committed("x"));
  EXPECT_EQ(refuted_by(history), (Checks{"lost-record", "torn-transaction"}));
}

TEST(TornTransaction, IsNoneOfUnknownEndThatNobodyRead) {
  const History history = torn().send("p", "c", 0, 3).poll_committed("c", {{0, 3, "c"}}).drained(0, 0, 4);
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("torn-transaction", history), Outcome::undecided);
}

TEST(TornTransaction, IsNotProvedByAReaderOfUncommittedRecords) {
  EXPECT_EQ(refuted_by(torn().poll("c", {{0, 0, "a"}}).drained(0, 0, 3)), Checks{});
}

TEST(Unseen, HoldsWhereAllWasRead) {
  EXPECT_EQ(outcome_of("unseen", abc().poll("c", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}})), Outcome::holds);
  EXPECT_EQ(outcome_of("unseen", ClientsTold("t")), Outcome::undecided);
}

}  // namespace
}  // namespace klab
