// What the witness makes of members that come, go and share, in conversations written by hand: JoinGroup 5,
// SyncGroup 3 and their like, whose fields all lie one behind the other.

#include "runners/witness/membership.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "runners/witness/bytes_by_hand.hpp"
#include "runners/witness/wire_witness.hpp"

namespace klab {
namespace {

using namespace by_hand;

/// Of the topic "rides": an array of topics, each with an array of partitions.
std::string rides(const std::vector<int>& partitions) {
  std::string list = int32(1) + string("rides") + int32(static_cast<int>(partitions.size()));
  for (const int partition : partitions) list += int32(partition);
  return list;
}

std::string nullable(const std::string& text) { return text.empty() ? int16(-1) : string(text); }

/// A member that speaks the classic protocol on a connection of its own.
class ClassicMember {
 public:
  ClassicMember(WireWitness& witness, int connection, std::string instance = "")
      : witness_(witness), connection_(connection), instance_(std::move(instance)) {
    witness_.opened(connection_, fmt::format("consumer-{}", connection_));
  }

  void join(const std::string& id, const std::vector<int>& owned, int error = 0) {
    const std::string subscription = int16(1) + int32(1) + string("rides") + int32(-1) + rides(owned);
    ask(11, 5,
        string("g") + int32(10000) + int32(10000) + string(id_) + nullable(instance_) + string("consumer") +
            int32(1) + string("any") + bytes(subscription));
    if (error == 0) id_ = id;
    answer(int32(0) + int16(error) + int32(1) + string("any") + string("leader") + string(id) + int32(0));
  }

  void sync(const std::vector<int>& given) {
    ask(14, 3, string("g") + int32(1) + string(id_) + nullable(instance_) + int32(0));
    answer(int32(0) + int16(0) + bytes(int16(1) + rides(given) + int32(-1)));
  }

 private:
  void ask(int api, int version, const std::string& body) {
    say(Direction::to_broker,
        int16(api) + int16(version) + int32(++correlation_id_) + string("client") + body);
  }
  void answer(const std::string& body) { say(Direction::to_client, int32(correlation_id_) + body); }
  void say(Direction direction, const std::string& frame) {
    witness_.said(connection_, direction, std::chrono::steady_clock::now(), bytes(frame));
  }

  WireWitness& witness_;
  int connection_;
  std::string instance_;
  std::string id_ = {};
  int correlation_id_ = 0;
};

struct MembershipTest : testing::Test {
  /// What became of partitions: "consumer-1 has 0 1", "consumer-1 gave up 0".
  std::vector<std::string> told() const {
    const History history = recorder.history();
    std::map<Line, std::string> lines;
    const auto tell = [&](const auto& events, const char* verb) {
      for (const auto& event : events) {
        std::vector<int> numbers;
        for (const PartitionName& partition : event.partitions) numbers.push_back(partition.partition);
        lines[event.line] = fmt::format("{} {} {}", event.program, verb, fmt::join(numbers, " "));
      }
    };
    tell(history.assigned, "has");
    tell(history.revoked, "gave up");
    std::vector<std::string> told;
    for (const auto& [line, words] : lines) told.push_back(words);
    return told;
  }

  Recorder recorder{History{}};
  WireWitness witness{recorder, [](std::string_view) { return std::vector<std::string>{}; }};
};

using Texts = std::vector<std::string>;

TEST_F(MembershipTest, HasAnEagerMemberGiveUpAllBeforeItIsGivenAnything) {
  ClassicMember member(witness, 1);
  member.join("a", {});
  member.sync({0, 1});
  member.join("a", {});
  member.sync({1});
  EXPECT_EQ(told(), (Texts{"consumer-1 has 0 1", "consumer-1 gave up 0 1", "consumer-1 has 1"}));
}

// KIP-429: the answer only says what it shall keep. It reads on until it joins again without the rest.
TEST_F(MembershipTest, LeavesACooperativeMemberWhatItHasNotYetGivenUp) {
  ClassicMember member(witness, 1);
  member.join("a", {});
  member.sync({0, 1});
  member.join("a", {0, 1});
  member.sync({1});
  member.join("a", {1});
  member.sync({1});
  EXPECT_EQ(told(),
            (Texts{"consumer-1 has 0 1", "consumer-1 has 0 1", "consumer-1 gave up 0", "consumer-1 has 1"}));
}

// KIP-345: it does not leave, and who comes in its place gets a new id.
TEST_F(MembershipTest, EndsTheOwnershipOfAStaticMemberWhoseInstanceComesAgain) {
  ClassicMember member(witness, 1, "seat"), successor(witness, 2, "seat");
  member.join("a", {});
  member.sync({0, 1});
  successor.join("b", {});
  successor.sync({0, 1});
  EXPECT_EQ(told(), (Texts{"consumer-1 has 0 1", "consumer-1 gave up 0 1", "consumer-2 has 0 1"}));
}

TEST_F(MembershipTest, EndsTheOwnershipOfAMemberThatIsNotKnownAnyMore) {
  constexpr int kUnknownMemberId = 25;
  ClassicMember member(witness, 1);
  member.join("a", {});
  member.sync({0, 1});
  member.join("a", {0, 1}, kUnknownMemberId);
  EXPECT_EQ(told(), (Texts{"consumer-1 has 0 1", "consumer-1 gave up 0 1"}));
}

}  // namespace
}  // namespace klab
