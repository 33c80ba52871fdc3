// Where a program is said to begin to read, in conversations written by hand: Fetch 4, without sessions.

#include "runners/witness/fetching.hpp"

#include <gtest/gtest.h>

#include "runners/witness/bytes_by_hand.hpp"
#include "runners/witness/wire_witness.hpp"

namespace klab {
namespace {

using namespace by_hand;
using Offsets = std::vector<std::int64_t>;

constexpr int kMarker = 16 + 32;  // attributes: transactional, control

/// Of as many records, which nobody looks at here.
std::string batch(std::int64_t base_offset, int records, int attributes = 0) {
  return int64(base_offset) + bytes(int32(0) + '\2' + int32(0) + int16(attributes) + int32(records - 1) +
                                    int64(0) + int64(0) + int64(7) + int16(0) + int32(-1) + int32(records));
}

struct FetchingTest : testing::Test {
  FetchingTest() { witness.opened(1, "consumer-1"); }

  /// Asks from an offset on, as a reader of committed messages, and is given batches.
  void fetch(std::int64_t offset, const std::string& batches) {
    const std::string limits = int32(-1) + int32(500) + int32(1) + int32(1000) + '\1';
    const std::string topic = int32(1) + string("rides") + int32(1) + int32(0);  // and partition
    say(Direction::to_broker, int16(1) + int16(4) + int32(++correlation_id) + string("client") + limits +
                                  topic + int64(offset) + int32(1000));
    say(Direction::to_client, int32(correlation_id) + int32(0) + topic + int16(0) + int64(100) + int64(100) +
                                  int32(-1) + bytes(batches));
  }

  void say(Direction direction, const std::string& frame) {
    witness.said(1, direction, std::chrono::steady_clock::now(), bytes(frame));
  }

  Offsets starts() const {
    Offsets offsets;
    for (const FetchStarted& started : recorder.history().fetch_started) offsets.push_back(started.offset);
    return offsets;
  }

  Offsets delivered() const {
    Offsets offsets;
    for (const Delivered& some : recorder.history().delivered)
      offsets.insert(offsets.end(), some.offsets.begin(), some.offsets.end());
    return offsets;
  }

  Recorder recorder{History{}};
  WireWitness witness{recorder, [](std::string_view) { return std::vector<std::string>{}; }};
  int correlation_id = 0;
};

TEST_F(FetchingTest, GoesOnBehindWhatItWasGiven) {
  fetch(0, batch(0, 3) + batch(3, 1, kMarker));
  fetch(4, "");
  fetch(4, batch(4, 1));
  EXPECT_EQ(starts(), Offsets{0});
  EXPECT_EQ(delivered(), (Offsets{0, 1, 2, 4}));
}

// KafkaJS 2.2 counts from the last message that it shows, and asks again for the marker behind it.
TEST_F(FetchingTest, GoesOnWhereItAsksAgainForWhatIsNotShown) {
  fetch(0, batch(0, 3) + batch(3, 1, kMarker));
  fetch(3, batch(3, 1, kMarker) + batch(4, 1));
  EXPECT_EQ(starts(), Offsets{0});
  EXPECT_EQ(delivered(), (Offsets{0, 1, 2, 4}));
}

TEST_F(FetchingTest, BeginsAnewWhereMessagesAreReadAgainOrPassedOver) {
  fetch(0, batch(0, 3));
  fetch(2, batch(0, 3));
  fetch(4, batch(4, 1));
  EXPECT_EQ(starts(), (Offsets{0, 2, 4}));
  EXPECT_EQ(delivered(), (Offsets{0, 1, 2, 2, 4}));
}

// A client may hand on what has come while the rest is still on its way.
TEST_F(FetchingTest, IsDeliveredFromTheFirstOfItsBytesOn) {
  const auto begun = std::chrono::steady_clock::now();
  const std::string limits = int32(-1) + int32(500) + int32(1) + int32(1000) + '\1';
  const std::string topic = int32(1) + string("rides") + int32(1) + int32(0);
  say(Direction::to_broker,
      int16(1) + int16(4) + int32(1) + string("client") + limits + topic + int64(0) + int32(1000));
  const std::string answer = bytes(int32(1) + int32(0) + topic + int16(0) + int64(100) + int64(100) +
                                   int32(-1) + bytes(batch(0, 1)));
  using namespace std::chrono_literals;
  witness.said(1, Direction::to_client, begun + 1s, answer.substr(0, 2));
  witness.said(1, Direction::to_client, begun + 2s, answer.substr(2, 20));
  witness.said(1, Direction::to_client, begun + 3s, answer.substr(22) + answer.substr(0, 3));
  witness.said(1, Direction::to_client, begun + 4s, answer.substr(3));
  const auto& all = recorder.history().delivered;
  ASSERT_EQ(all.size(), 1u) << "the second answers nothing";
  EXPECT_EQ(all[0].at, recorder.moment_of(begun + 1s));
}

}  // namespace
}  // namespace klab
