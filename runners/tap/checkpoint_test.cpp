#include "runners/tap/checkpoint.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "runners/tap/frames_for_tests.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// Both directions of a connection under one gate, on a clock that the test moves.
struct CheckpointTest : testing::Test {
  void use(std::shared_ptr<Gate> gate) {
    const auto keep = [this](std::exception_ptr) { ++failures; };
    requests = std::make_unique<Checkpoint>(
        gate, Frame{.connection = 1, .program = "producer", .direction = Direction::to_broker}, pending,
        keep);
    responses = std::make_unique<Checkpoint>(
        gate, Frame{.connection = 1, .program = "producer", .direction = Direction::to_client}, pending,
        keep);
  }

  bool advance(Checkpoint& checkpoint, std::string& passed) {
    return checkpoint.advance(now, [&](std::string_view bytes) { passed += bytes; });
  }
  bool ask(std::string_view bytes) {
    requests->arrive(bytes, now);
    return advance(*requests, to_broker);
  }
  bool answer(std::string_view bytes) {
    responses->arrive(bytes, now);
    return advance(*responses, to_client);
  }

  Clock::time_point now = Clock::now();
  AskedApis pending;
  std::unique_ptr<Checkpoint> requests, responses;
  std::string to_broker, to_client;
  int failures = 0;
};

std::string in_words(const Frame& frame) {
  return fmt::format("{} {} v{} #{} of {}", frame.direction == Direction::to_broker ? "request" : "response",
                     frame.api_key, frame.api_version, frame.correlation_id, frame.size);
}

TEST_F(CheckpointTest, AsksOnceForEachFrameHoweverItsBytesCome) {
  const std::string asked = request(0, 1) + request(3, 2, "") + request(0, 3, std::string(1000, 'x'));
  const std::string answered = response(1) + response(2, "") + response(3, std::string(500, 'y'));
  const std::vector<std::string> kFrames{"request 0 v9 #1 of 16",   "request 3 v9 #2 of 12",
                                         "request 0 v9 #3 of 1012", "response 0 v9 #1 of 14",
                                         "response 3 v9 #2 of 8",   "response 0 v9 #3 of 508"};
  for (const std::size_t piece : {1u, 2u, 3u, 5u, 7u, 11u, 13u, 100u, 5000u}) {
    std::vector<std::string> frames;
    use(gate_of([&](const Frame& frame) { return frames.push_back(in_words(frame)), Ruling::pass(); }));
    to_broker.clear(), to_client.clear();
    for (std::size_t i = 0; i < asked.size(); i += piece) ask(std::string_view(asked).substr(i, piece));
    for (std::size_t i = 0; i < answered.size(); i += piece)
      answer(std::string_view(answered).substr(i, piece));
    EXPECT_EQ(frames, kFrames) << piece;
    EXPECT_EQ(to_broker, asked);
    EXPECT_EQ(to_client, answered);
  }
}

TEST_F(CheckpointTest, PassesWhatThereIsOfAFrameThatMayPass) {
  use(gate_of([](const Frame&) { return Ruling::pass(); }));
  const std::string frame = request(0, 1, std::string(100, 'x'));
  ask(frame.substr(0, 11));
  EXPECT_EQ(to_broker, "") << "its head is not there yet";
  ask(frame.substr(11, 10));
  EXPECT_EQ(to_broker, frame.substr(0, 21));
}

TEST_F(CheckpointTest, HoldsAFrameAndWhatIsBehindIt) {
  bool holds = true;
  use(gate_of([&](const Frame& frame) {
    return holds && frame.correlation_id == 2 ? Ruling::hold() : Ruling::pass();
  }));
  ask(request(0, 1) + request(0, 2) + request(0, 3));
  EXPECT_EQ(to_broker, request(0, 1));
  EXPECT_TRUE(requests->is_holding());
  EXPECT_EQ(requests->advances_at(), std::nullopt);
  answer(response(1));
  EXPECT_EQ(to_client, response(1)) << "the other direction goes on";
  holds = false;
  advance(*requests, to_broker);
  EXPECT_EQ(to_broker, request(0, 1) + request(0, 2) + request(0, 3));
  EXPECT_FALSE(requests->is_holding());
}

TEST_F(CheckpointTest, TakesNoMoreThanIsReasonableBehindAHeldFrame) {
  use(gate_of([](const Frame&) { return Ruling::hold(); }));
  EXPECT_TRUE(requests->wants_more());
  std::size_t taken = 0;
  for (; requests->wants_more(); taken += 1012) ask(request(0, 1, std::string(1000, 'x')));
  EXPECT_LT(taken, 1'000'000u);
  EXPECT_EQ(requests->waiting(), taken);
}

TEST_F(CheckpointTest, AsksAgainWhenTheMomentHasCome) {
  int asked = 0;
  use(gate_of([&](const Frame&) { return ++asked, Ruling::hold_until(now + 1s); }));
  ask(request(0, 1));
  EXPECT_EQ(requests->advances_at(), now + 1s);
  advance(*requests, to_broker);
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(to_broker, "");
}

TEST_F(CheckpointTest, PassesADelayedFrameInTimeWithoutAskingAgain) {
  int asked = 0;
  use(gate_of([&](const Frame& frame) { return ++asked, Ruling::pass_at(frame.arrived + 1s); }));
  ask(request(0, 1));
  now += 600ms;
  ask(request(0, 2));
  EXPECT_EQ(to_broker, "");
  now += 400ms;
  advance(*requests, to_broker);
  EXPECT_EQ(to_broker, request(0, 1));
  EXPECT_EQ(requests->advances_at(), now + 600ms) << "counted from its own arrival";
  now += 600ms;
  advance(*requests, to_broker);
  EXPECT_EQ(to_broker, request(0, 1) + request(0, 2));
  EXPECT_EQ(asked, 2);
}

TEST_F(CheckpointTest, DropsAFrameAndNothingElse) {
  use(gate_of([](const Frame& frame) {
    return frame.direction == Direction::to_client && frame.correlation_id == 2 ? Ruling::drop()
                                                                                : Ruling::pass();
  }));
  ask(request(0, 1) + request(0, 2) + request(0, 3));
  for (const char byte : response(1) + response(2, std::string(70, 'x')) + response(3)) answer({&byte, 1});
  EXPECT_EQ(to_client, response(1) + response(3));
}

TEST_F(CheckpointTest, CutsWhereItIsTold) {
  for (const std::size_t bytes : {0u, 1u, 7u, 16u, 1000u}) {
    use(gate_of([&](const Frame& frame) {
      return frame.correlation_id == 2 ? Ruling::cut_after(bytes) : Ruling::pass();
    }));
    to_broker.clear();
    EXPECT_FALSE(ask(request(0, 1)));
    EXPECT_TRUE(ask(request(0, 2) + request(0, 3)));
    EXPECT_EQ(to_broker, request(0, 1) + request(0, 2).substr(0, bytes));
  }
}

TEST_F(CheckpointTest, KnowsTheApiOfAResponseByItsRequest) {
  std::vector<int> apis;
  use(gate_of([&](const Frame& frame) {
    if (frame.direction == Direction::to_client) apis.push_back(frame.api_key);
    return Ruling::pass();
  }));
  ask(request(kProduceKey, 1) + request(kFetchKey, 2));  // the Produce wanted no acknowledgement
  answer(response(2));
  answer(response(77));
  EXPECT_EQ(apis, std::vector<int>{kFetchKey}) << "nobody is asked about a response to nothing";
  EXPECT_EQ(to_client, response(2) + response(77));
}

TEST_F(CheckpointTest, GivesAWholeFrameToAGateThatWantsIt) {
  std::vector<std::string> contents;
  use(gate_of([&](const Frame& frame) { return contents.emplace_back(frame.contents), Ruling::pass(); },
              true));
  const std::string large(1'000'000, 'x');
  const std::string asked = request(0, 1, "small") + request(0, 2, large);
  for (std::size_t i = 0; i < asked.size(); i += 100'000) {
    EXPECT_TRUE(requests->wants_more());
    ask(std::string_view(asked).substr(i, 100'000));
  }
  ASSERT_EQ(contents.size(), 2u);
  EXPECT_EQ(contents[0], request(0, 1, "small").substr(4));
  EXPECT_EQ(contents[1], request(0, 2, large).substr(4));
  EXPECT_EQ(to_broker, asked);
}

TEST_F(CheckpointTest, GivesNoContentsThatAreTooLarge) {
  std::string contents = "none";
  use(gate_of([&](const Frame& frame) { return contents = frame.contents, Ruling::pass(); }, true));
  const std::string head = on_the_wire(static_cast<std::int32_t>(kMaxContents)) + request(0, 1).substr(4);
  ask(head);
  EXPECT_EQ(contents, "");
  EXPECT_EQ(to_broker, head);
}

TEST_F(CheckpointTest, PassesEverythingAfterALengthThatCannotBe) {
  for (const std::string& garbage : {on_the_wire(std::int32_t{-1}), std::string("GET / HTTP/1.1"),
                                     on_the_wire(std::int32_t{7}), std::string("\x16\x03\x01\x02 hello")}) {
    pending = {};
    use(gate_of(
        [](const Frame& frame) { return frame.correlation_id == 1 ? Ruling::pass() : Ruling::drop(); }));
    to_broker.clear(), to_client.clear();
    const std::string asked = request(0, 1) + garbage + request(0, 2);
    for (const char byte : asked) ask({&byte, 1});
    EXPECT_EQ(to_broker, asked);
    answer(response(2));
    EXPECT_EQ(to_client, response(2)) << "there is nothing to know it by";
  }
}

TEST_F(CheckpointTest, PassesEverythingAfterTheOldSaslHandshake) {
  int asked = 0;
  use(gate_of([&](const Frame&) { return ++asked, Ruling::pass(); }));
  ask(request(kSaslHandshakeKey, 1, "PLAIN", 0) + with_length("n,,n=user,r=0123456789"));
  answer(response(1) + with_length("token"));
  ask(request(0, 2));
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(to_broker, request(kSaslHandshakeKey, 1, "PLAIN", 0) + with_length("n,,n=user,r=0123456789") +
                           request(0, 2));
  EXPECT_EQ(to_client, response(1) + with_length("token"));
}

TEST_F(CheckpointTest, PassesAnUnfinishedFrameAtTheEnd) {
  for (const std::size_t size : {2u, 6u, 15u}) {
    use(gate_of([](const Frame&) { return Ruling::drop(); }, true));
    to_broker.clear();
    ask(request(0, 1).substr(0, size));
    EXPECT_EQ(to_broker, "");
    requests->end();
    advance(*requests, to_broker);
    EXPECT_EQ(to_broker, request(0, 1).substr(0, size));
  }
}

TEST_F(CheckpointTest, PassesWhereTheGateThrows) {
  use(gate_of([](const Frame&) -> Ruling { throw std::runtime_error("a bug"); }));
  ask(request(0, 1));
  EXPECT_EQ(to_broker, request(0, 1));
  EXPECT_EQ(failures, 1);
}

}  // namespace
}  // namespace klab
