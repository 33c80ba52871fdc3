// What the witness makes of commits whose answers come, or never do, in conversations written by hand:
// OffsetCommit 2, whose fields all lie one behind the other.

#include "runners/witness/committing.hpp"

#include <gtest/gtest.h>

#include "runners/witness/bytes_by_hand.hpp"
#include "runners/witness/wire_witness.hpp"

namespace klab {
namespace {

using namespace by_hand;
using namespace std::chrono_literals;

struct CommittingTest : testing::Test {
  CommittingTest() {
    for (const int connection : {1, 2}) witness.opened(connection, "consumer-1");
  }

  void commit(int connection, int id, std::int64_t offset) {
    say(connection, Direction::to_broker,
        int16(8) + int16(2) + int32(id) + string("client") + string("g") + int32(1) + string("m") +
            int64(-1) + int32(1) + string("rides") + int32(1) + int32(0) + int64(offset) + string(""));
  }
  void answer(int connection, int id, int error = 0) {
    say(connection, Direction::to_client,
        int32(id) + int32(1) + string("rides") + int32(1) + int32(0) + int16(error));
  }
  void close(int connection) { witness.closed(connection, now); }

  std::vector<CommitAnswered> commits() const { return recorder.history().commits; }

  Recorder recorder{{.lab = "l", .section = "s"}};
  WireWitness witness{recorder, [](std::string_view) { return std::vector<std::string>{}; }};
  std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now();

 private:
  void say(int connection, Direction direction, const std::string& frame) {
    witness.said(connection, direction, now, bytes(frame));
  }
};

TEST_F(CommittingTest, SaysWhatBecameOfACommit) {
  commit(1, 7, 40);
  now += 1s;
  answer(1, 7);
  commit(1, 8, 50);
  answer(1, 8, 22);
  close(1);
  ASSERT_EQ(commits().size(), 2u);
  EXPECT_TRUE(commits()[0].took_effect());
  EXPECT_EQ(commits()[0].offset, 40);
  EXPECT_EQ(commits()[0].at - commits()[0].asked.value(), 1s);
  EXPECT_EQ(commits()[1].error, "ILLEGAL_GENERATION");
  EXPECT_FALSE(commits()[1].took_effect() || commits()[1].is_unknown());
}

// The broker may have taken it: the program was killed, or did not wait.
TEST_F(CommittingTest, DoesNotKnowWhatBecameOfACommitWhoseConnectionEnded) {
  commit(1, 7, 40);
  EXPECT_TRUE(commits().empty());
  now += 1s;
  close(1);
  ASSERT_EQ(commits().size(), 1u);
  const CommitAnswered unknown = commits()[0];
  EXPECT_TRUE(unknown.is_unknown());
  EXPECT_FALSE(unknown.took_effect());
  EXPECT_EQ(unknown.program, "consumer-1");
  EXPECT_EQ(unknown.group, "g");
  EXPECT_EQ(unknown.member, "m");
  EXPECT_EQ(unknown.topic, "rides");
  EXPECT_EQ(unknown.offset, 40);
  EXPECT_EQ(unknown.at - unknown.asked.value(), 1s);
}

TEST_F(CommittingTest, AnswersOfOtherConnectionsAreStillToCome) {
  commit(1, 7, 40);
  commit(2, 7, 50);
  close(1);
  ASSERT_EQ(commits().size(), 1u);
  answer(2, 7);
  close(2);
  ASSERT_EQ(commits().size(), 2u);
  EXPECT_EQ(commits()[0].offset, 40);
  EXPECT_TRUE(commits()[1].took_effect());
}

}  // namespace
}  // namespace klab
