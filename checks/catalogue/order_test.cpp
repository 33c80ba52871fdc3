#include "checks/catalogue/order.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

using Checks = std::set<std::string>;

Policy in_order() {
  Policy policy;
  policy.idempotent = true;
  return policy;
}

/// p begins to send a, then b, before either is acknowledged; b lies before a.
ClientsTold swapped() {
  return ClientsTold("t", 1).send("p", "a", 0, 1).times(10, 20).send("p", "b", 0, 0).times(11, 21);
}

TEST(SendReorder, IsALaterSendThatLiesBeforeAnEarlierOne) {
  EXPECT_EQ(refuted_by(swapped(), {.idempotent = true}), Checks{"send-reorder"});
  EXPECT_EQ(refuted_by(swapped(), {.max_in_flight = 1}), Checks{"send-reorder"});
  EXPECT_EQ(refuted_by(swapped(), {.retries = 0}), Checks{"send-reorder"});
  EXPECT_EQ(judged_by("send-reorder", swapped()).findings.worst()[0].note,
            "p sent \"a\" before \"b\", but t-0 has them at offsets 1 and 0");
}

TEST(SendReorder, CostsNothingWhereRetriesMayReorder) {
  EXPECT_EQ(refuted_by(swapped()), Checks{});
  EXPECT_EQ(judged_by("send-reorder", swapped()).findings.count(), 1u);
  EXPECT_EQ(refuted_by(swapped(), {.idempotent = false, .max_in_flight = 5}), Checks{});
}

TEST(SendReorder, AlwaysCostsInTransactions) {
  const History history = ClientsTold("t", 1)
                              .send("p", "a", 0, 1)
                              .times(10, 20)
                              .in("x")
                              .send("p", "b", 0, 0)
                              .times(11, 21)
                              .in("x")
                              .committed("x");
  EXPECT_EQ(refuted_by(history), Checks{"send-reorder"});
}

TEST(SendReorder, IsNoneOfWhatTimedOutAndCameLate) {
  const History history =
      ClientsTold("t", 1).unknown("p", "a", 0).send("p", "b", 0, 0).poll("c", {{0, 0, "b"}, {0, 1, "a"}});
  EXPECT_EQ(refuted_by(history, {.max_in_flight = 1}), Checks{});
  EXPECT_EQ(refuted_by(history, {.idempotent = true}), Checks{"send-reorder"});
}

TEST(SendReorder, GoesByTheNumberThenTheBeginThenTheLine) {
  const auto two = [] { return ClientsTold("t", 1).send("p", "a", 0, 1).times(10, 20); };
  EXPECT_EQ(refuted_by(two().send("p", "b", 0, 0).times(10, 21), in_order()), Checks{});
  EXPECT_EQ(refuted_by(two().n(2).send("p", "b", 0, 0).times(11, 21).n(1), in_order()), Checks{});
  EXPECT_EQ(refuted_by(two().n(1).send("p", "b", 0, 0).times(9, 21).n(2), in_order()),
            Checks{"send-reorder"});
  EXPECT_EQ(refuted_by(two().without_times().send("p", "b", 0, 0).without_times(), in_order()),
            Checks{"send-reorder"});
  EXPECT_EQ(refuted_by(two().send("p", "b", 0, 0).without_times(), in_order()), Checks{});
}

TEST(SendReorder, IsNoneBetweenProducersOrPartitionsOrOfDuplicates) {
  EXPECT_EQ(
      refuted_by(ClientsTold("t", 1).send("p", "a", 0, 1).times(10, 20).send("q", "b", 0, 0).times(11, 21),
                 in_order()),
      Checks{});
  EXPECT_EQ(refuted_by(ClientsTold("t", 2).send("p", "a", 0, 1).send("p", "b", 1, 0), in_order()), Checks{});
  const History duplicate = ClientsTold("t", 1)
                                .send("p", "a", 0, 2)
                                .send("p", "b", 0, 1)
                                .poll("c", {{0, 0, "a"}, {0, 1, "b"}, {0, 2, "a"}});
  EXPECT_EQ(refuted_by(duplicate, {.max_in_flight = 1}), Checks{});
  EXPECT_EQ(outcome_of("send-reorder", ClientsTold("t")), Outcome::undecided);
}

TEST(SendReorder, IsNoneOfCopiesThatRetriesMade) {
  const auto told = [](bool is_told) {
    History history = ClientsTold("t", 1)
                          .send("p", "a", 0, 2)
                          .times(10, 20)
                          .send("p", "b", 0, 3)
                          .times(11, 20)
                          .at(50)
                          .poll("c", {{0, 1, "b"}, {0, 2, "a"}, {0, 3, "b"}});
    for (Send& send : history.sends)
      if (!is_told) send.offset.reset();
    return history;
  };
  EXPECT_EQ(refuted_by(told(true), {.max_in_flight = 1}), Checks{});
  EXPECT_EQ(refuted_by(told(false), {.max_in_flight = 1}), Checks{});
}

TEST(SendReorder, CostsWhereNobodyCanHaveStoredACopy) {
  History read = swapped().at(50).poll("c", {{0, 0, "b"}, {0, 1, "a"}});
  for (Send& send : read.sends) send.offset.reset();
  EXPECT_EQ(refuted_by(read, {.max_in_flight = 1}), Checks{});
  EXPECT_EQ(judged_by("send-reorder", read).findings.count(), 1u);
  EXPECT_EQ(refuted_by(read, {.retries = 0}), Checks{"send-reorder"});
  EXPECT_EQ(refuted_by(read, {.idempotent = true}), Checks{"send-reorder"});
}

TEST(KeyDisorder, IsASendReorderOfOneKey) {
  const auto keyed = [](const std::string& key) {
    return ClientsTold("t", 1)
        .send("p", "a", 0, 1)
        .key("k")
        .times(10, 20)
        .send("p", "b", 0, 0)
        .key(key)
        .times(11, 21);
  };
  EXPECT_EQ(refuted_by(keyed("k"), in_order()), (Checks{"send-reorder", "key-disorder"}));
  EXPECT_EQ(refuted_by(keyed("k"), {.max_in_flight = 1, .classes = {{"send-reorder", CheckClass::info}}}),
            Checks{"key-disorder"});
  EXPECT_EQ(refuted_by(keyed("l"), in_order()), Checks{"send-reorder"});
  EXPECT_EQ(outcome_of("key-disorder", swapped()), Outcome::undecided);
}

TEST(RealtimeReorder, IsASendAfterAnAcknowledgementThatLiesBeforeIt) {
  const History history =
      ClientsTold("t", 1).send("p", "a", 0, 1).times(10, 20).send("q", "b", 0, 0).times(21, 30);
  EXPECT_EQ(refuted_by(history), Checks{"realtime-reorder"});
  EXPECT_EQ(refuted_by(history, {.clock_error_us = 5}), Checks{});
}

TEST(RealtimeReorder, IsNoneOfSendsAtTheSameTimeOrOfUnknownOnes) {
  EXPECT_EQ(
      refuted_by(ClientsTold("t", 1).send("p", "a", 0, 1).times(10, 20).send("q", "b", 0, 0).times(20, 30)),
      Checks{});
  const History late = ClientsTold("t", 1)
                           .unknown("p", "a", 0)
                           .times(1, 5)
                           .send("q", "b", 0, 0)
                           .times(10, 11)
                           .at(50)
                           .poll("c", {{0, 0, "b"}, {0, 1, "a"}});
  EXPECT_EQ(refuted_by(late), Checks{});
  EXPECT_EQ(outcome_of("realtime-reorder", ClientsTold("t").send("p", "a", 0, 0).without_times()),
            Outcome::undecided);
}

TEST(RealtimeReorder, IsNoneWhereALateCopyMayHaveBeenRead) {
  const History told = ClientsTold("t", 1)
                           .send("p", "a", 0, 2)
                           .times(1, 5)
                           .send("p", "b", 0, 1)
                           .times(10, 15)
                           .at(50)
                           .seek("c", 0, 1)
                           .poll("c", {{0, 1, "b"}, {0, 2, "a"}});
  History read = told;
  for (Send& send : read.sends) send.offset.reset();
  EXPECT_EQ(refuted_by(read), Checks{});
  EXPECT_EQ(refuted_by(read, {.idempotent = false}), Checks{});
  EXPECT_EQ(refuted_by(read, {.retries = 0}), (Checks{"send-reorder", "realtime-reorder"}));
  EXPECT_EQ(refuted_by(told), Checks{"realtime-reorder"});
}

TEST(FlushIncomplete, IsASendWithoutOutcomeWhenTheFlushReturned) {
  const History late = ClientsTold("t", 1).send("p", "a", 0, 0).times(10, 50).flush("p").times(20, 40);
  EXPECT_EQ(refuted_by(late), Checks{"flush-incomplete"});
  EXPECT_EQ(judged_by("flush-incomplete", late).findings.worst()[0].note,
            "p flushed from 20 us to 40 us; \"a\", sent at 10 us, had its outcome at 50 us");
  const auto unknown = [](std::optional<std::int64_t> end) {
    return ClientsTold("t", 1).unknown("p", "a", 0).times(10, end).flush("p").times(20, 40);
  };
  EXPECT_EQ(refuted_by(unknown({})), Checks{"flush-incomplete"});
  EXPECT_EQ(refuted_by(unknown(50)), Checks{"flush-incomplete"});
  EXPECT_EQ(outcome_of("flush-incomplete", unknown(30)), Outcome::holds);
}

TEST(FlushIncomplete, IsNoneOfLaterSendsOrOtherProducersOrFailedFlushes) {
  EXPECT_EQ(refuted_by(ClientsTold("t", 1).send("p", "a", 0, 0).times(30, 50).flush("p").times(20, 40)),
            Checks{});
  EXPECT_EQ(refuted_by(ClientsTold("t", 1).send("q", "a", 0, 0).times(10, 50).flush("p").times(20, 40)),
            Checks{});
  History failed = ClientsTold("t", 1).send("p", "a", 0, 0).times(10, 50).flush("p").times(20, 40);
  failed.flushes[0].outcome = CallOutcome::failed;
  EXPECT_EQ(refuted_by(failed), Checks{});
  EXPECT_EQ(outcome_of("flush-incomplete", failed), Outcome::undecided);
  EXPECT_EQ(outcome_of("flush-incomplete",
                       ClientsTold("t", 1).send("p", "a", 0, 0).times(10, 30).flush("p").times(20, 40)),
            Outcome::holds);
}

}  // namespace
}  // namespace klab
