// What the witness makes of a producer whose end of a transaction is not answered, or that has been fenced,
// in conversations written by hand: InitProducerId, AddPartitionsToTxn and EndTxn 1, which are not flexible.

#include "runners/witness/transacting.hpp"

#include <gtest/gtest.h>

#include "runners/witness/bytes_by_hand.hpp"
#include "runners/witness/wire_witness.hpp"

namespace klab {
namespace {

using namespace by_hand;
using namespace std::chrono_literals;
using Steps = std::vector<std::string>;

struct TransactingTest : testing::Test {
  TransactingTest() {
    for (const int connection : {1, 2}) witness.opened(connection, "producer-1");
  }

  void initialise(int connection, int epoch) {
    ask(connection, 22, string("tx") + int32(60'000));
    answer(connection, int32(0) + int16(0) + int64(5) + int16(epoch));
  }
  void add_partition(int connection, int epoch) {
    ask(connection, 24,
        string("tx") + int64(5) + int16(epoch) + int32(1) + string("t") + int32(1) + int32(0));
  }
  void ask_to_commit(int connection, int epoch) {
    ask(connection, 26, string("tx") + int64(5) + int16(epoch) + std::string(1, '\1'));
  }
  void answer_end(int connection) { answer(connection, int32(0) + int16(0)); }
  void close(int connection) { witness.closed(connection, now); }

  Steps steps() const {
    Steps steps;
    for (const TransactionStepped& step : recorder.history().transactions)
      steps.emplace_back(name_of(step.step));
    return steps;
  }

  Recorder recorder{{.lab = "l", .section = "s"}};
  WireWitness witness{recorder, [](std::string_view) { return std::vector<std::string>{}; }};
  std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();

 private:
  void ask(int connection, int api, const std::string& body) {
    say(connection, Direction::to_broker, int16(api) + int16(1) + int32(++asked_) + string("client") + body);
  }
  void answer(int connection, const std::string& body) {
    say(connection, Direction::to_client, int32(asked_) + body);
  }
  void say(int connection, Direction direction, const std::string& frame) {
    witness.said(connection, direction, now, bytes(frame));
  }

  int asked_ = 0;
};

TEST_F(TransactingTest, TellsHowATransactionEnded) {
  initialise(1, 0);
  add_partition(1, 0);
  ask_to_commit(1, 0);
  answer_end(1);
  EXPECT_EQ(steps(), (Steps{"begun", "committed"}));
}

TEST_F(TransactingTest, DoesNotKnowWhatCameOfAnEndWhoseConnectionEnded) {
  initialise(1, 0);
  add_partition(1, 0);
  ask_to_commit(1, 0);
  close(1);
  EXPECT_EQ(steps(), (Steps{"begun", "unknown"}));
  ask_to_commit(2, 0);
  answer_end(2);
  EXPECT_EQ(steps(), (Steps{"begun", "unknown", "committed"}));
}

TEST_F(TransactingTest, TakesWhatANewProducerFindsOpenForAborted) {
  initialise(1, 0);
  add_partition(1, 0);
  initialise(2, 1);
  EXPECT_EQ(steps(), (Steps{"begun", "aborted"}));
}

TEST_F(TransactingTest, DoesNotTakeForAbortedByTheProducerWhatTheBrokerEndsByItself) {
  initialise(1, 0);
  add_partition(1, 0);
  now += 61s;
  initialise(2, 1);
  EXPECT_EQ(steps(), (Steps{"begun", "unknown"}));
}

// Which the broker may have done by then.
TEST_F(TransactingTest, DoesNotTakeForAbortedWhatWasToBeCommitted) {
  initialise(1, 0);
  add_partition(1, 0);
  ask_to_commit(1, 0);
  close(1);
  initialise(2, 1);
  EXPECT_EQ(steps(), (Steps{"begun", "unknown", "unknown"}));
}

TEST_F(TransactingTest, DoesNotLetAFencedProducerBeginAnything) {
  initialise(1, 0);
  initialise(2, 1);
  add_partition(1, 0);
  EXPECT_EQ(steps(), Steps{});
  add_partition(2, 1);
  EXPECT_EQ(steps(), Steps{"begun"});
}

}  // namespace
}  // namespace klab
