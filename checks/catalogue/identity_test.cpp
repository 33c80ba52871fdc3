#include "checks/catalogue/identity.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

TEST(PhantomRecord, WasNeverSent) {
  const History history = ClientsTold("t", 1).send("p", "a", 0, 0).poll("c", {{0, 0, "a"}, {0, 1, "z"}});
  EXPECT_EQ(refuted_by(history), Checks{"phantom-record"});
  EXPECT_EQ(judged_by("phantom-record", history).findings.worst()[0].note,
            "c read \"z\" from t-0 at offset 1, which was never sent");
}

TEST(PhantomRecord, IsOneOfWhichNobodyCanTellTheId) {
  const History history = ClientsTold("t", 1).send("p", "a", 0, 0).poll("c", {{0, 0, "a"}, {0, 1, ""}});
  EXPECT_EQ(refuted_by(history), Checks{"phantom-record"});
}

TEST(PhantomRecord, IsNoneInATopicWhoseSendsAreNotRecorded) {
  const History history = ClientsTold("t", 1).send("p", "a", 0, 0).topic("other").poll("c", {{0, 0, "z"}});
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("phantom-record", history), Outcome::undecided);
}

/// The poll returns at 20 us.
ClientsTold read_a() { return ClientsTold("t", 1).at(19).poll("c", {{0, 0, "a"}}); }

TEST(PhantomRecord, WasReadBeforeItsSendBegan) {
  const History history = read_a().at(100).send("p", "a", 0, 0);
  EXPECT_EQ(refuted_by(history), Checks{"phantom-record"});
  const Finding finding = judged_by("phantom-record", history).findings.worst()[0];
  EXPECT_EQ(finding.note, "c read \"a\" from t-0 at offset 0, 80 us before it was sent");
  EXPECT_EQ(finding.lines, (std::vector<Line>{4, 3}));
}

TEST(PhantomRecord, IsNoneWhereClocksMayBeThatFarApart) {
  const History history = read_a().at(100).send("p", "a", 0, 0);
  EXPECT_EQ(refuted_by(history, {.clock_error_us = 79}), Checks{"phantom-record"});
  EXPECT_EQ(refuted_by(history, {.clock_error_us = 80}), Checks{});
}

TEST(PhantomRecord, IsNoneThatWasSentAtTheTimeOfTheRead) {
  EXPECT_EQ(refuted_by(read_a().at(20).send("p", "a", 0, 0)), Checks{});
  EXPECT_EQ(refuted_by(read_a().at(21).send("p", "a", 0, 0)), Checks{"phantom-record"});
}

TEST(PhantomRecord, IsNoneWhereNobodyKnowsWhenItWasSent) {
  const History history = read_a().at(100).send("p", "a", 0, 0).without_times();
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("phantom-record", history), Outcome::holds);
}

TEST(PhantomRecord, IsNoneThatAnotherSendMayHaveStored) {
  const History history = read_a().at(10).unknown("p", "a", 0).at(100).send("p", "a", 0, 1);
  EXPECT_EQ(refuted_by(history), Checks{});
}

TEST(MisplacedRecord, IsInAnotherPartitionOrHasAnotherKey) {
  const History elsewhere = ClientsTold("t", 2).unknown("p", "a", 0).poll("c", {{1, 0, "a"}});
  EXPECT_EQ(refuted_by(elsewhere), Checks{"misplaced-record"});
  EXPECT_EQ(judged_by("misplaced-record", elsewhere).findings.worst()[0].note,
            "c read \"a\" from t-1 at offset 0, but it was sent to t-0");
  const History renamed = ClientsTold("t", 2).send("p", "a", 0, 0).key("k").poll("c", {{0, 0, "a", "l"}});
  EXPECT_EQ(refuted_by(renamed), Checks{"misplaced-record"});
}

TEST(MisplacedRecord, IsNoneWhereTheSendLeavesItOpen) {
  History history = ClientsTold("t", 2).unknown("p", "a", 0).poll("c", {{1, 0, "a", "k"}});
  history.sends[0].partition.reset();
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(outcome_of("misplaced-record", history), Outcome::holds);
  EXPECT_EQ(outcome_of("misplaced-record", ClientsTold("t")), Outcome::undecided);
}

TEST(KeySplit, CostsWherePartitioningIsFixed) {
  const History history = ClientsTold("t", 2).send("p", "a", 0, 0).key("k").send("q", "b", 1, 0).key("k");
  EXPECT_EQ(refuted_by(history, {.fixed_partitioning = true}), Checks{"key-split"});
  EXPECT_EQ(refuted_by(history), Checks{});
  EXPECT_EQ(judged_by("key-split", history).findings.worst()[0].note, "key \"k\" is in t-0 and in t-1");
}

// The acknowledgement does not say where it is; a read does, without the key.
TEST(KeySplit, JoinsAKeyThatWasSentWithThePlaceWhereItWasRead) {
  ClientsTold told("t", 2);
  told.unknown("p", "a", 0).key("k").unknown("p", "b", 1).key("k");
  told.poll("c", {{0, 0, "a"}, {1, 0, "b"}});
  History history = told;
  for (Send& send : history.sends) send.partition.reset();
  EXPECT_EQ(refuted_by(history, {.fixed_partitioning = true}), Checks{"key-split"});
  EXPECT_EQ(judged_by("key-split", history).findings.count(), 1u);
}

TEST(KeySplit, IsOneFindingForARecordThatIsSentAndRead) {
  const History history = ClientsTold("t", 2)
                              .send("p", "a", 0, 0)
                              .key("k")
                              .send("q", "b", 1, 0)
                              .key("k")
                              .poll("c", {{0, 0, "a", "k"}, {1, 0, "b", "k"}});
  EXPECT_EQ(judged_by("key-split", history).findings.count(), 1u);
}

TEST(KeySplit, IsNoneAcrossTopicsOrOfFailedSends) {
  const History history = ClientsTold("t", 2)
                              .send("p", "a", 0, 0)
                              .key("k")
                              .failed("p", "b", 1)
                              .key("k")
                              .topic("u")
                              .send("p", "c", 1, 0)
                              .key("k");
  EXPECT_EQ(outcome_of("key-split", history, {.fixed_partitioning = true}), Outcome::holds);
  EXPECT_EQ(outcome_of("key-split", ClientsTold("t").send("p", "a", 0, 0)), Outcome::undecided);
}

TEST(MisplacedRecord, IsReadWhereNoneOfItsSendsWentTo) {
  const ClientsTold twice = ClientsTold("t", 3).send("p", "a", 0, 0).send("p", "a", 1, 0);
  EXPECT_EQ(outcome_of("misplaced-record", ClientsTold(twice).poll("c", {{1, 0, "a"}})), Outcome::holds);
  EXPECT_EQ(outcome_of("misplaced-record", ClientsTold(twice).poll("c", {{2, 0, "a"}})), Outcome::refuted);
}

}  // namespace
}  // namespace klab
