#include "checks/catalogue/nonsense.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/errors.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

ClientsTold sent_and_read() { return ClientsTold("t", 1).send("p", "a", 0, 0).poll("c", {{0, 0, "a"}}); }

/// What is said of a history that a change made nonsense of.
std::string refusal_of(History history, auto spoil, const Policy& policy = {}) {
  spoil(history);
  try {
    judge_history(history, policy);
  } catch (const BadInput& error) {
    return error.what();
  }
  return "no error";
}

TEST(Nonsense, IsANumberThatIsNone) {
  EXPECT_EQ(refusal_of(sent_and_read().commit("c", 0, -1), [](History&) {}),
            "5: field \"offset\": expected a number of at least 0, got -1");
  EXPECT_EQ(refusal_of(sent_and_read().assigned("c", {-1}), [](History&) {}),
            "5: field \"partition\": expected a number of at least 0, got -1");
  EXPECT_EQ(refusal_of(sent_and_read(), [](History& history) { history.topics[0].partitions = 0; }),
            "2: field \"partitions\": expected a number of at least 1, got 0");
  EXPECT_EQ(refusal_of(sent_and_read().drained(0, 9, 3), [](History&) {}),
            "5: field \"end\": expected a number of at least 9, got 3");
  EXPECT_EQ(refusal_of(sent_and_read().drained(0, -1, 3), [](History&) {}),
            "5: field \"first\": expected a number of at least 0, got -1");
}

TEST(Nonsense, IsANameThatIsEmpty) {
  EXPECT_EQ(refusal_of(sent_and_read(), [](History& history) { history.sends[0].id = ""; }),
            "3: field \"id\": expected a text that is not empty, got \"\"");
  EXPECT_EQ(refusal_of(sent_and_read(), [](History& history) { history.polls[0].member = ""; }),
            "4: field \"member\": expected a text that is not empty, got \"\"");
}

TEST(Nonsense, IsWhatLeftAsRevoked) {
  EXPECT_EQ(refusal_of(sent_and_read().left("c", OwnershipEnd::revoked), [](History&) {}),
            "5: field \"end\": expected closed, crashed, lost or fenced, got \"revoked\"");
}

TEST(Nonsense, IsACallThatEndedBeforeItBegan) {
  const auto reverse = [](History& history) { history.sends[0].end = *history.sends[0].begin - Moment(1); };
  EXPECT_EQ(refusal_of(sent_and_read(), reverse),
            "3: field \"end_us\": expected a time not before \"begin_us\" (2), unless clock_error_us of the "
            "policy allows it, got 1");
  EXPECT_EQ(refusal_of(sent_and_read(), reverse, {.clock_error_us = 1}), "no error");
}

TEST(Nonsense, IsNotWhatClocksOfDifferentMachinesSay) {
  const History history = ClientsTold("t", 1).at(100).poll("c", {{0, 0, "a"}}).at(10).send("p", "a", 0, 0);
  EXPECT_EQ(refusal_of(history, [](History&) {}), "no error");
}

}  // namespace
}  // namespace klab
