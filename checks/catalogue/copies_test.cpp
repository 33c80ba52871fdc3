#include "checks/catalogue/copies.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

ClientsTold stored_twice() {
  return ClientsTold("t", 1).send("p", "a", 0, 0).poll("c", {{0, 0, "a"}, {0, 1, "a"}});
}

TEST(DuplicateRecord, CostsOnlyWhereTheProducerIsIdempotent) {
  EXPECT_EQ(refuted_by(stored_twice(), {.idempotent = true}), Checks{"duplicate-record"});
  EXPECT_EQ(refuted_by(stored_twice()), Checks{});
  const Judgement judgement = judged_by("duplicate-record", stored_twice());
  EXPECT_EQ(judgement.outcome, Outcome::holds);
  EXPECT_EQ(judgement.check_class, CheckClass::info);
  EXPECT_EQ(judgement.findings.count(), 1u);
}

TEST(DuplicateRecord, AlwaysCostsInATransaction) {
  const History history =
      ClientsTold("t", 1).send("p", "a", 0, 0).in("x").committed("x").poll("c", {{0, 0, "a"}, {0, 1, "a"}});
  EXPECT_EQ(refuted_by(history), Checks{"duplicate-record"});
}

TEST(DuplicateRecord, IsNoneThatWasSentTwiceOrReadTwice) {
  const History sent =
      ClientsTold("t", 1).send("p", "a", 0, 0).send("p", "a", 0, 1).poll("c", {{0, 0, "a"}, {0, 1, "a"}});
  EXPECT_EQ(refuted_by(sent, {.idempotent = true}), Checks{});
  const History read =
      ClientsTold("t", 1).send("p", "a", 0, 0).poll("c", {{0, 0, "a"}}).poll("d", {{0, 0, "a"}});
  EXPECT_EQ(refuted_by(read, {.idempotent = true}), Checks{});
}

TEST(DuplicateRecord, IsUndecidedWhereNobodyKnowsTheLog) {
  EXPECT_EQ(outcome_of("duplicate-record", ClientsTold("t").unknown("p", "a", 0)), Outcome::undecided);
}

TEST(OffsetConflict, IsTwoIdsAtOneOffset) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 0)
                              .send("p", "b", 0, 1)
                              .send("p", "d", 0, 1)
                              .poll("c", {{0, 0, "a"}, {0, 1, "b"}})
                              .poll("d", {{0, 1, "d"}});
  EXPECT_EQ(refuted_by(history), Checks{"offset-conflict"});
  EXPECT_EQ(judged_by("offset-conflict", history).findings.worst()[0].note,
            "t-0 holds both \"b\" and \"d\" at offset 1");
}

TEST(OffsetConflict, IsNoneInTwoPartitionsNorWithASendThatFailed) {
  ClientsTold told("t", 2);
  told.send("p", "a", 0, 0).send("p", "b", 1, 0).send("p", "c", 0, 0).in("x").aborted("x");
  const History history = told.poll("c", {{0, 0, "a"}, {1, 0, "b"}});
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("offset-conflict", history), Outcome::holds);
  EXPECT_EQ(outcome_of("offset-conflict", ClientsTold("t")), Outcome::undecided);
}

/// c1 reads a, commits nothing, and gives t-0 up in this way; c2 reads a again.
ClientsTold read_again(OwnershipEnd end) {
  return ClientsTold("t", 1)
      .send("p", "a", 0, 0)
      .assigned("c1", {0})
      .poll("c1", {{0, 0, "a"}})
      .revoked("c1", {0}, end)
      .assigned("c2", {0})
      .poll("c2", {{0, 0, "a"}});
}

TEST(Redelivery, CostsWhereNoRecordMayBeReadTwice) {
  EXPECT_EQ(refuted_by(read_again(OwnershipEnd::crashed), {.at_most_once = true}), Checks{"redelivery"});
  EXPECT_EQ(refuted_by(read_again(OwnershipEnd::crashed)), Checks{});
  EXPECT_EQ(judged_by("redelivery", read_again(OwnershipEnd::crashed)).findings.count(), 1u);
}

TEST(Redelivery, CostsWhereAHandoverIsToBeClean) {
  EXPECT_EQ(refuted_by(read_again(OwnershipEnd::revoked), {.clean_handover = true}), Checks{"redelivery"});
  EXPECT_EQ(refuted_by(read_again(OwnershipEnd::crashed), {.clean_handover = true}), Checks{});
}

TEST(Redelivery, CostsNothingWhereAnAdministratorSetTheGroupBack) {
  const auto reset = [](std::int64_t to, std::int64_t at) {
    return ClientsTold("t", 1)
        .send("p", "a", 0, 0)
        .assigned("c1", {0})
        .at(10)
        .poll("c1", {{0, 0, "a"}})
        .commit("c1", 0, 1)
        .revoked("c1", {0})
        .at(at)
        .commit("", 0, to)
        .at(30)
        .assigned("c2", {0})
        .poll("c2", {{0, 0, "a"}});
  };
  const Policy clean = {.clean_handover = true, .classes = {{"bad-resume", CheckClass::off}}};
  EXPECT_EQ(refuted_by(reset(0, 20), clean), Checks{});
  EXPECT_EQ(refuted_by(reset(1, 20), clean), Checks{"redelivery"});
  EXPECT_EQ(refuted_by(reset(0, 5), clean), Checks{"redelivery"});
  EXPECT_EQ(refuted_by(reset(0, 40), clean), Checks{"redelivery"});
}

/// c1 reads a and b, does this, and hands t-0 over to c2, who reads b.
template <typename Meanwhile>
ClientsTold read_on(Meanwhile meanwhile) {
  ClientsTold told("t", 1);
  told.send("p", "a", 0, 0).send("p", "b", 0, 1).assigned("c1", {0}).poll("c1", {{0, 0, "a"}, {0, 1, "b"}});
  meanwhile(told);
  return told.commit("c1", 0, 1).revoked("c1", {0}).assigned("c2", {0}).poll("c2", {{0, 1, "b"}});
}

TEST(Redelivery, CostsNothingBehindASeekOrATransactionOfUnknownEnd) {
  const Policy clean = {.clean_handover = true};
  EXPECT_EQ(refuted_by(read_on([](ClientsTold&) {}), clean), Checks{"redelivery"});
  EXPECT_EQ(refuted_by(read_on([](ClientsTold& told) { told.seek("c1", 0, 1); }), clean), Checks{});
  EXPECT_EQ(refuted_by(read_on([](ClientsTold& told) { told.in("x").committed("x"); }), clean),
            Checks{"redelivery"});
  EXPECT_EQ(refuted_by(read_on([](ClientsTold& told) { told.in("x").unknown_end("x"); }), clean), Checks{});
}

TEST(Redelivery, CostsNothingWhereTheClocksDoNotTellWhoseTurnCameFirst) {
  const ClientsTold told = read_on([](ClientsTold&) {});
  EXPECT_EQ(refuted_by(told, {.clean_handover = true, .clock_error_us = 2}), Checks{"redelivery"});
  EXPECT_EQ(refuted_by(told, {.clean_handover = true, .clock_error_us = 3}), Checks{});
}

TEST(Redelivery, CostsNothingOfMembersWithoutAGroup) {
  const auto again = [](bool is_manual) {
    ClientsTold told = ClientsTold("t", 1).send("p", "a", 0, 0);
    for (int i = 0; i < 2; ++i) {
      is_manual ? told.manual("c", {0}) : told.assigned("c", {0});
      told.poll("c", {{0, 0, "a"}});
      if (i == 0) told.revoked("c", {0});
    }
    History history = told;
    if (is_manual) history.revoked[0].group = "";
    return history;
  };
  EXPECT_EQ(refuted_by(again(true), {.at_most_once = true}), Checks{});
  EXPECT_EQ(judged_by("redelivery", again(true)).findings.count(), 1u);
  EXPECT_EQ(refuted_by(again(false), {.at_most_once = true}), Checks{"redelivery"});
}

TEST(Redelivery, IsNoneBetweenGroupsOrWithinOneOwnership) {
  const History history =
      ClientsTold("t", 1).send("p", "a", 0, 0).poll("c", {{0, 0, "a"}}).poll("d", {{0, 0, "a"}});
  EXPECT_EQ(outcome_of("redelivery", history), Outcome::undecided) << "they are of no group";
  EXPECT_EQ(judged_by("redelivery", history).findings.count(), 0u);
  EXPECT_EQ(outcome_of("redelivery", ClientsTold("t")), Outcome::undecided);
}

TEST(DuplicateRecord, DoesNotCountWhatFailedForAPlaceOfItsOwn) {
  const ClientsTold again = ClientsTold("t", 1).failed("p", "a", 0).send("p", "a", 0, 0);
  EXPECT_EQ(refuted_by(ClientsTold(again).poll("c", {{0, 0, "a"}}), {.idempotent = true}), Checks{});
  EXPECT_EQ(outcome_of("duplicate-record", ClientsTold(again).poll("c", {{0, 0, "a"}, {0, 1, "a"}}),
                       {.idempotent = true}),
            Outcome::refuted);
}

// Of what was aborted and sent again a reader of uncommitted records is given both.
TEST(DuplicateRecord, CountsOnlyWhatReadersOfCommittedRecordsAreGivenWhereOneWasAborted) {
  const ClientsTold again = ClientsTold("t", 1)
                                .unknown("p", "a", 0)
                                .in("x")
                                .aborted("x")
                                .unknown("p", "a", 0)
                                .in("y")
                                .committed("y");
  EXPECT_EQ(outcome_of("duplicate-record", ClientsTold(again).poll("c", {{0, 0, "a"}, {0, 2, "a"}})),
            Outcome::holds);
  EXPECT_EQ(
      outcome_of("duplicate-record", ClientsTold(again).poll_committed("c", {{0, 0, "a"}, {0, 2, "a"}})),
      Outcome::refuted);
}

}  // namespace
}  // namespace klab
