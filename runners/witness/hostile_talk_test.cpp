// What a program, or whoever answers it, may say so that the grader runs out of memory, time or numbers.

#include <gtest/gtest.h>

#include "runners/wire/fuzz/talk_script.hpp"
#include "runners/wire/golden/golden_file.hpp"
#include "runners/witness/wire_witness.hpp"

namespace klab {
namespace {

constexpr const char* kProgram = "consumer-1";
const std::string kClientId = from_hex("0002 6d65");

std::string int16_bytes(std::size_t value) { return int32_bytes(value).substr(2); }
std::string int64_bytes(std::uint64_t value) {
  return int32_bytes(value >> 32) + int32_bytes(value & 0xffffffff);
}

std::string request(int api, int version, std::size_t correlation_id, const std::string& body) {
  return int16_bytes(static_cast<std::size_t>(api)) + int16_bytes(static_cast<std::size_t>(version)) +
         int32_bytes(correlation_id) + kClientId + body;
}

struct HostileTalk : testing::Test {
  HostileTalk() { witness.opened(1, kProgram); }

  void say(Direction direction, const std::string& frame) {
    witness.said(1, direction, std::chrono::steady_clock::now(), bytes_on_wire({.bytes = frame}));
  }
  void ask(const std::string& frame) { say(Direction::to_broker, frame); }
  void answer(const std::string& frame) { say(Direction::to_client, frame); }

  /// A fetch of partition 0 of topic "t" from offset 0, and a batch for it.
  void fetch(std::uint64_t base_offset, std::size_t last_offset_delta, std::size_t record_count) {
    ask(request(1, 4, 7,
                from_hex("ffffffff 000001f4 00000001 00100000 00 00000001 0001 74 00000001 00000000") +
                    int64_bytes(0) + from_hex("00100000")));
    const std::string batch = int64_bytes(base_offset) + from_hex("00000031 00000000 02 00000000 0000") +
                              int32_bytes(last_offset_delta) + std::string(16, '\0') +
                              from_hex("ffffffffffffffff ffff ffffffff") + int32_bytes(record_count);
    answer(int32_bytes(7) + from_hex("00000000 00000001 0001 74 00000001 00000000 0000") +
           std::string(16, '\0') + from_hex("ffffffff") + int32_bytes(batch.size()) + batch);
  }

  Overheard overheard() {
    witness.closed(1, std::chrono::steady_clock::now());
    witness.program_ended(kProgram);
    return recorder.history().overheard.at(0);
  }
  std::size_t not_understood() { return overheard().opaque; }

  Recorder recorder{{}};
  WireWitness witness{recorder, [](std::string_view) { return std::vector<std::string>{}; }};
};

TEST_F(HostileTalk, CountsTheMessagesThatABatchClaims) {
  fetch(5, 2, 3);
  ASSERT_EQ(recorder.history().delivered.size(), 1u);
  EXPECT_EQ(recorder.history().delivered[0].offsets, (std::vector<std::int64_t>{5, 6, 7}));
  EXPECT_EQ(not_understood(), 0u);
}

TEST_F(HostileTalk, DoesNotBelieveInTwoBillionMessages) {
  fetch(0, 0x7ffffffe, 0x7fffffff);
  EXPECT_TRUE(recorder.history().delivered.empty());
  EXPECT_EQ(not_understood(), 1u);
}

TEST_F(HostileTalk, DoesNotCountBeyondTheHighestOffset) {
  fetch(0x7fffffffffffffff, 0, 1);
  fetch(0, 0x7fffffff, 0x80000000);
  fetch(0xffffffffffffffff, 0, 1);
  EXPECT_TRUE(recorder.history().delivered.empty());
  EXPECT_EQ(not_understood(), 3u);
}

// 20,000 positions and as many answers, in the other order.
TEST_F(HostileTalk, FindsTheAnswersToManyCommits) {
  constexpr std::size_t kMany = 20'000;
  std::string positions, answers;
  for (std::size_t i = 0; i < kMany; ++i) {
    positions += int32_bytes(i) + int64_bytes(3) + from_hex("ffff");
    answers += int32_bytes(kMany - 1 - i) + from_hex("0000");
  }
  ask(request(8, 2, 7,
              from_hex("0001 67 00000001 0001 6d ffffffffffffffff 00000001 0001 74") + int32_bytes(kMany) +
                  positions));
  answer(int32_bytes(7) + from_hex("00000001 0001 74") + int32_bytes(kMany) + answers);
  EXPECT_EQ(recorder.history().commits.size(), kMany);
}

TEST_F(HostileTalk, IsRecordedOnlyAsLongAsMemoryAllows) {
  constexpr std::size_t kMany = 20'000;
  std::string positions, answers;
  for (std::size_t i = 0; i < kMany; ++i) {
    positions += int32_bytes(i) + int64_bytes(3) + from_hex("ffff");
    answers += int32_bytes(i) + from_hex("0000");
  }
  const std::string group = from_hex("7fff") + std::string(0x7fff, 'g');
  ask(request(8, 2, 7,
              group + from_hex("00000001 0001 6d ffffffffffffffff 00000001 0001 74") + int32_bytes(kMany) +
                  positions));
  answer(int32_bytes(7) + from_hex("00000001 0001 74") + int32_bytes(kMany) + answers);
  EXPECT_LT(recorder.history().commits.size(), 4200u) << "128 MiB in pieces of 32 KiB";
  EXPECT_GT(not_understood(), 15'000u);
}

TEST_F(HostileTalk, IsSaidToBeUnclearForTheFirstReason) {
  ask(request(1, 99, 7, ""));
  ask(request(12, 98, 8, ""));
  const Overheard heard = overheard();
  EXPECT_EQ(heard.opaque, 2u);
  EXPECT_EQ(heard.why, "Fetch: api 1 version 99 is not known");
}

TEST_F(HostileTalk, IsSaidNotToBeKafkasProtocolWhereALengthCannotBe) {
  witness.said(1, Direction::to_broker, std::chrono::steady_clock::now(), "GET / HTTP/1.1\r\n");
  EXPECT_EQ(overheard().why, "bytes that are not Kafka's protocol");
}

// As a program that commits each message by itself and does not wait.
TEST_F(HostileTalk, ForgetsRequestsWhereTooManyAreUnanswered) {
  Unanswered<int> unanswered;
  const std::string program = kProgram;
  const auto heard = [&](std::int32_t id, Spoken& spoken) {
    spoken.correlation_id = id;
    return Heard{.program = program, .connection = 1, .spoken = spoken};
  };
  Spoken spoken;
  for (int id = 0; id < 1500; ++id) unanswered.ask(heard(id, spoken), id);
  EXPECT_FALSE(unanswered.answer(heard(499, spoken)));
  EXPECT_EQ(unanswered.answer(heard(500, spoken)), 500);
  EXPECT_EQ(unanswered.answer(heard(1499, spoken)), 1499);
}

// Each partition that is asked for is kept, so that it is known where its reader goes on.
TEST_F(HostileTalk, KeepsOnlySoManyPartitions) {
  constexpr std::size_t kMany = 12'000;
  std::string partitions;
  for (std::size_t i = 0; i < kMany; ++i) partitions += int32_bytes(i) + int64_bytes(0) + int32_bytes(1);
  ask(request(
      1, 4, 7,
      from_hex("ffffffff 000001f4 00000001 00100000 00 00000001 0001 74") + int32_bytes(kMany) + partitions));
  EXPECT_EQ(recorder.history().fetch_started.size(), 10'000u);
  EXPECT_EQ(not_understood(), 1u);
}

}  // namespace
}  // namespace klab
