#include "checks/catalogue/isolation.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/errors.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

ClientsTold sent_in_x() { return ClientsTold("t", 1).begun("x").send("p", "a", 0, 0).in("x"); }

TEST(AbortedRead, IsOfAnAbortedTransaction) {
  EXPECT_EQ(refuted_by(sent_in_x().aborted("x").poll_committed("c", {{0, 0, "a"}})), Checks{"aborted-read"});
}

TEST(AbortedRead, IsOfASendThatFailed) {
  const History history = ClientsTold("t", 1).failed("p", "a", 0).poll_committed("c", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(history), Checks{"aborted-read"});
}

// What is processed anew after an abort is sent again, with the same value.
TEST(AbortedRead, IsOfTheOneOfTwoWithItsIdThatLiesThere) {
  const ClientsTold again = ClientsTold("t", 1)
                                .send("p", "a", 0, 0)
                                .in("x")
                                .aborted("x")
                                .send("p", "a", 0, 2)
                                .in("y")
                                .committed("y");
  EXPECT_EQ(refuted_by(ClientsTold(again).poll_committed("c", {{0, 2, "a"}})), Checks{});
  EXPECT_EQ(refuted_by(ClientsTold(again).poll_committed("c", {{0, 0, "a"}, {0, 2, "a"}})),
            (Checks{"aborted-read", "duplicate-record"}));
}

TEST(AbortedRead, IsOfAnIdOfWhichNoSendWasStored) {
  const History history =
      ClientsTold("t", 1).failed("p", "a", 0).failed("p", "a", 0).poll_committed("c", {{0, 7, "a"}});
  EXPECT_EQ(refuted_by(history), Checks{"aborted-read"});
  const History one_unknown =
      ClientsTold("t", 1).failed("p", "a", 0).unknown("p", "a", 0).poll_committed("c", {{0, 7, "a"}});
  EXPECT_EQ(refuted_by(one_unknown), Checks{});
}

TEST(AbortedRead, IsNoneForThoseWhoReadUncommitted) {
  const History aborted = sent_in_x().aborted("x").poll("c", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(aborted), Checks{});
  EXPECT_EQ(outcome_of("aborted-read", aborted), Outcome::undecided);
  EXPECT_EQ(refuted_by(aborted, {.isolation = Isolation::read_committed}), Checks{"aborted-read"});
  const History failed = ClientsTold("t", 1).failed("p", "a", 0).poll("c", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(failed), Checks{});
  EXPECT_EQ(judged_by("aborted-read", failed).findings.count(), 1u);
}

TEST(AbortedRead, IsRefusedOfANameThatTwoTransactionsHave) {
  const History history = sent_in_x().committed("x").aborted("x").poll_committed("c", {{0, 0, "a"}});
  try {
    judge_history(history, {});
    ADD_FAILURE() << "no error";
  } catch (const BadInput& error) {
    EXPECT_STREQ(error.what(),
                 "6: field \"transaction\": expected a name of its own for each transaction, but x was "
                 "committed already [line 5]");
  }
  // What failed may be asked for again, and have another end.
  History again = sent_in_x().committed("x").aborted("x").poll("c", {{0, 0, "a"}});
  again.transactions[1].error = "INVALID_PRODUCER_EPOCH";
  EXPECT_EQ(refuted_by(again), Checks{});
}

TEST(AbortedRead, IsNoneOfUnknownOutcome) {
  const History history = sent_in_x().unknown_end("x").poll_committed("c", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("aborted-read", history), Outcome::holds);
}

TEST(EarlyRead, IsBeforeTheCommitWasAskedFor) {
  const History history = sent_in_x().poll_committed("c", {{0, 0, "a"}}).committed("x");
  EXPECT_EQ(refuted_by(history), Checks{"early-read"});
  EXPECT_EQ(refuted_by(history, {.clock_error_us = 10}), Checks{});
}

TEST(EarlyRead, IsNoneWhereNobodyKnowsWhenTheCommitWasAskedFor) {
  EXPECT_EQ(refuted_by(sent_in_x().poll_committed("c", {{0, 0, "a"}}).committed("x").without_times()),
            Checks{});
  EXPECT_EQ(
      outcome_of("early-read", sent_in_x().committed("x").without_times().poll_committed("c", {{0, 0, "a"}})),
      Outcome::undecided);
  // It was asked for again.
  EXPECT_EQ(
      refuted_by(
          sent_in_x().poll_committed("c", {{0, 0, "a"}}).unknown_end("x").without_times().committed("x")),
      Checks{});
}

TEST(EarlyRead, IsWithinTheTransactionItself) {
  const History history = sent_in_x().committed("x").poll_committed("c", {{0, 0, "a"}}).in("x");
  EXPECT_EQ(refuted_by(history), Checks{"early-read"});
}

TEST(EarlyRead, IsNoneBehindTheCommitNorUncommitted) {
  EXPECT_EQ(refuted_by(sent_in_x().committed("x").poll_committed("c", {{0, 0, "a"}})), Checks{});
  EXPECT_EQ(refuted_by(sent_in_x().poll("c", {{0, 0, "a"}}).committed("x")), Checks{});
  EXPECT_EQ(outcome_of("early-read", sent_in_x().poll("c", {{0, 0, "a"}})), Outcome::undecided);
}

/// x and y each send a record, and both are committed.
ClientsTold two_transactions() {
  return ClientsTold("t", 2)
      .send("p", "a", 0, 0)
      .in("x")
      .send("q", "b", 1, 0)
      .in("y")
      .committed("x")
      .committed("y");
}

TEST(ReadCycle, IsTwoTransactionsThatReadFromEachOther) {
  const History history = two_transactions()
                              .poll_committed("c", {{1, 0, "b"}})
                              .in("x")
                              .poll_committed("d", {{0, 0, "a"}})
                              .in("y");
  EXPECT_EQ(refuted_by(history), Checks{"wr-G1c"});
  EXPECT_EQ(judged_by("wr-G1c", history).findings.worst()[0].note,
            "transactions x, y read from each other in a circle");
}

TEST(ReadCycle, IsNoneWhereOneReadsFromTheOther) {
  const History history = two_transactions().poll_committed("c", {{1, 0, "b"}}).in("x");
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("wr-G1c", history), Outcome::holds);
  EXPECT_EQ(outcome_of("wr-G1c", two_transactions()), Outcome::undecided);
}

TEST(SendInterleave, IsToldAndCostsNothing) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .in("x")
                              .send("q", "b", 0, 1)
                              .send("p", "c", 0, 2)
                              .in("x")
                              .committed("x")
                              .poll("c", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "c"}});
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(judged_by("send-interleave", history).findings.count(), 1u);
  EXPECT_EQ(refuted_by(history, {.classes = {{"send-interleave", CheckClass::fail}}}),
            Checks{"send-interleave"});
}

TEST(SendInterleave, SeesTransactionsInTwoOrders) {
  ClientsTold told("t", 2);
  told.send("p", "a", 0, 0)
      .in("x")
      .send("q", "b", 0, 1)
      .in("y")
      .send("q", "c", 1, 0)
      .in("y")
      .send("p", "d", 1, 1)
      .in("x");
  EXPECT_EQ(judged_by("send-interleave", told.committed("x").committed("y")).findings.worst()[0].note,
            "transactions x, y are not in one order in all partitions");
  EXPECT_EQ(outcome_of("send-interleave", ClientsTold("t").send("p", "a", 0, 0)), Outcome::undecided);
}

// Of two lines on one end the first to have been asked for may come last in the file.
TEST(EarlyRead, IsCountedFromTheFirstTimeThatTheCommitWasAskedFor) {
  History history =
      sent_in_x().at(50).unknown_end("x").at(57).poll_committed("c", {{0, 0, "a"}}).at(60).committed("x");
  std::swap(history.transactions[1], history.transactions[2]);
  EXPECT_EQ(refuted_by(history), Checks{});
}

}  // namespace
}  // namespace klab
