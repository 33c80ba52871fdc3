// Gates at work: a program and a broker that speak frames, with a tap in between.

#include <gtest/gtest.h>

#include "runners/tap/frames_for_tests.hpp"
#include "runners/tap/gates/cut_connection.hpp"
#include "runners/tap/gates/delay_acknowledgements.hpp"
#include "runners/tap/gates/delay_responses.hpp"
#include "runners/tap/gates/drop_response.hpp"
#include "runners/tap/gates/drop_responses.hpp"
#include "runners/tap/gates/guard_broker.hpp"
#include "runners/tap/gates/hold_acknowledgements.hpp"
#include "runners/tap/gates/hold_first_produce.hpp"
#include "runners/tap/gates/hold_frames.hpp"
#include "runners/tap/gates/hold_partition.hpp"
#include "runners/tap/recording_observer.hpp"
#include "runners/tap/sockets_for_tests.hpp"
#include "runners/tap/tap.hpp"
#include "runners/wire/api_key.hpp"
#include "runners/wire/frame_cutter.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using End = TestSocket::End;

/// A broker that answers every request, and counts them.
class AnsweringBroker {
 public:
  int port() const { return broker_.port(); }
  int requests() const { return requests_; }

 private:
  void answer(TestSocket& socket) {
    FrameCutter cutter;
    for (std::string bytes = socket.receive_some(); !bytes.empty(); bytes = socket.receive_some())
      cutter.feed(bytes, [&](std::string_view frame) {
        ++requests_;
        const std::string correlation_id(frame.substr(4, 4));
        socket.send(with_length(correlation_id + "answer"));
      });
  }

  std::atomic<int> requests_{0};
  FakeBroker broker_{[this](TestSocket& socket) { answer(socket); }};
};

struct GatesTest : testing::Test {
  TestSocket connect(std::shared_ptr<Gate> gate, std::string program = "producer") {
    FileDescriptor socket = listen_on_loopback();
    const int port = port_of(socket);
    tap.listen(std::move(socket), broker.port(), std::move(program), std::move(gate));
    return TestSocket::connected_to(port);
  }
  std::function<void()> reconsider() {
    return [this] { tap.reconsider(); };
  }
  bool is_asked(int requests) {
    return eventually([&] { return broker.requests() >= requests; }, 10s, 1ms);
  }
  static bool is_answered(TestSocket& program, std::int32_t correlation_id) {
    return program.receive(response(correlation_id).size()) == response(correlation_id);
  }

  AnsweringBroker broker;
  RecordingObserver observer;
  Tap tap{observer};
};

TEST_F(GatesTest, HoldFirstProduceWaitsForAllPrograms) {
  const auto gate = std::make_shared<HoldFirstProduce>(2, 1h);
  TestSocket first = connect(gate, "producer-1"), second = connect(gate, "producer-2");
  first.send(request(kMetadataKey, 1) + request(kProduceKey, 2));
  EXPECT_TRUE(is_answered(first, 1)) << "only a Produce waits";
  EXPECT_TRUE(eventually([&] { return gate->programs_seen() == 1; }, 10s, 1ms));
  EXPECT_EQ(broker.requests(), 1);
  second.send(request(kProduceKey, 1));
  EXPECT_TRUE(is_answered(second, 1));
  EXPECT_TRUE(is_answered(first, 2));
  first.send(request(kProduceKey, 3));
  EXPECT_TRUE(is_answered(first, 3));
  EXPECT_FALSE(gate->has_passed_deadline());
}

// Else the one that waits could be answered before the other's batch has been sent.
TEST_F(GatesTest, HoldFirstProduceTakesABatchForSentWhenItIsThereAsAWhole) {
  HoldFirstProduce gate(1, 1h);
  Frame produce;
  produce.direction = Direction::to_broker;
  produce.api_key = kProduceKey;
  Frame metadata = produce;
  metadata.api_key = kMetadataKey;
  EXPECT_TRUE(gate.wants_contents(produce));
  EXPECT_FALSE(gate.wants_contents(metadata));
  gate.rule(produce, Clock::now());
  EXPECT_FALSE(gate.wants_contents(produce)) << "it is open";
}

TEST_F(GatesTest, HoldFirstProduceIsNotMisledByTwoConnectionsOfOneProgram) {
  const auto gate = std::make_shared<HoldFirstProduce>(2, 1h);
  TestSocket first = connect(gate), again = connect(gate);
  first.send(request(kProduceKey, 1));
  again.send(request(kProduceKey, 1) + request(kProduceKey, 2));
  EXPECT_TRUE(eventually(
      [&] {
        return !observer.talk(1).pieces.empty() && !observer.talk(2).pieces.empty() &&
               gate->programs_seen() == 1;
      },
      10s, 1ms));
  tap.drain();
  EXPECT_EQ(gate->programs_seen(), 1u);
  EXPECT_EQ(broker.requests(), 0);
}

TEST_F(GatesTest, HoldFirstProduceGivesUpAtTheDeadline) {
  const auto gate = std::make_shared<HoldFirstProduce>(2, 50ms);
  TestSocket program = connect(gate);
  const auto sent = Clock::now();
  program.send(request(kProduceKey, 1));
  EXPECT_TRUE(is_answered(program, 1));
  EXPECT_GE(Clock::now() - sent, 50ms);
  EXPECT_TRUE(gate->has_passed_deadline());
  program.send(request(kProduceKey, 2));
  EXPECT_TRUE(is_answered(program, 2));
}

TEST_F(GatesTest, ARequestIsObservedWhenItWasSentAndNotWhenItWasPassed) {
  const auto gate = std::make_shared<HoldFirstProduce>(2, 100ms);
  TestSocket program = connect(gate);
  program.send(request(kProduceKey, 1));
  EXPECT_TRUE(is_answered(program, 1));
  tap.drain();
  const auto pieces = observer.talk().pieces;
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_GE(pieces[1].when - pieces[0].when, 95ms);
}

TEST_F(GatesTest, HoldAcknowledgementsKeepsThemUntilReleased) {
  const auto gate = std::make_shared<HoldAcknowledgements>(reconsider());
  TestSocket program = connect(gate);
  gate->hold();
  program.send(request(kMetadataKey, 1) + request(kProduceKey, 2) + request(kProduceKey, 3));
  EXPECT_TRUE(is_answered(program, 1));
  EXPECT_TRUE(is_asked(3)) << "the broker gets what is produced";
  EXPECT_TRUE(eventually([&] { return gate->has_held(); }, 10s, 1ms));
  tap.drain();
  EXPECT_EQ(observer.talk().bytes(Direction::to_client), response(1)) << "what was held is not observed yet";
  gate->release();
  EXPECT_TRUE(is_answered(program, 2) && is_answered(program, 3));
  program.send(request(kProduceKey, 4));
  EXPECT_TRUE(is_answered(program, 4));
}

TEST_F(GatesTest, HoldFramesHoldsRequestsOfOneApiUntilItIsSwitchedOff) {
  const auto gate = std::make_shared<HoldFrames>(Direction::to_broker, kProduceKey, reconsider());
  TestSocket program = connect(gate);
  gate->hold();
  program.send(request(kMetadataKey, 1) + request(kProduceKey, 2));
  EXPECT_TRUE(is_answered(program, 1));
  EXPECT_TRUE(eventually([&] { return gate->has_held(); }, 10s, 1ms));
  EXPECT_EQ(broker.requests(), 1) << "the broker does not hear of it";
  gate->release();
  EXPECT_TRUE(is_answered(program, 2));
}

TEST_F(GatesTest, AProgramMayEndWhileItsAcknowledgementIsHeld) {
  const auto gate = std::make_shared<HoldAcknowledgements>(reconsider());
  gate->hold();
  TestSocket killed = connect(gate);
  killed.send(request(kProduceKey, 1));
  EXPECT_TRUE(eventually([&] { return gate->has_held(); }, 10s, 1ms));
  killed.reset();
  EXPECT_TRUE(eventually([&] { return observer.talk().closing.has_value(); }, 10s, 1ms));
  EXPECT_EQ(observer.talk().bytes(Direction::to_client), "");
}

TEST_F(GatesTest, WhatIsHeldReachesAProgramThatHasEndedSending) {
  const auto gate = std::make_shared<HoldAcknowledgements>(reconsider());
  gate->hold();
  TestSocket program = connect(gate);
  program.send(request(kProduceKey, 1));
  program.end_sending();
  EXPECT_TRUE(eventually([&] { return gate->has_held(); }, 10s, 1ms));
  gate->release();
  EXPECT_EQ(program.receive_all(), response(1));
  EXPECT_EQ(program.end(), End::orderly);
}

TEST_F(GatesTest, DelayResponsesDelaysThemSideBySide) {
  TestSocket program = connect(std::make_shared<DelayResponses>(100ms, kProduceKey));
  const auto sent = Clock::now();
  program.send(request(kMetadataKey, 1));
  EXPECT_TRUE(is_answered(program, 1));
  for (int i = 2; i < 12; ++i) program.send(request(kProduceKey, i));
  EXPECT_TRUE(is_answered(program, 2));
  EXPECT_GE(Clock::now() - sent, 100ms);
  for (int i = 3; i < 12; ++i) EXPECT_TRUE(is_answered(program, i));
  tap.drain();
  const auto pieces = observer.talk().pieces;
  EXPECT_LT(pieces.back().when - pieces.front().when, 900ms) << "one delay, not one after the other";
}

TEST_F(GatesTest, DropResponseDropsOne) {
  const auto gate = std::make_shared<DropResponse>(kProduceKey, 2);
  TestSocket program = connect(gate);
  program.send(request(kProduceKey, 1) + request(kMetadataKey, 2) + request(kProduceKey, 3) +
               request(kProduceKey, 4));
  EXPECT_TRUE(is_answered(program, 1) && is_answered(program, 2) && is_answered(program, 4));
  EXPECT_TRUE(gate->has_dropped());
  EXPECT_EQ(broker.requests(), 4);
  tap.drain();
  EXPECT_EQ(observer.talk().bytes(Direction::to_client), response(1) + response(2) + response(4))
      << "the program never got it, so it was never observed";
}

TEST_F(GatesTest, DropResponsesDropsEveryOne) {
  TestSocket program = connect(std::make_shared<DropResponses>(kProduceKey));
  program.send(request(kProduceKey, 1) + request(kProduceKey, 2) + request(kMetadataKey, 3));
  EXPECT_TRUE(is_answered(program, 3)) << "the first that it gets";
  EXPECT_EQ(broker.requests(), 3);
}

TEST_F(GatesTest, CutConnectionBeforeTheRequest) {
  const auto gate = std::make_shared<CutConnection>(kProduceKey, 2, CutConnection::At::before_request);
  TestSocket program = connect(gate);
  program.send(request(kProduceKey, 1));
  EXPECT_TRUE(is_answered(program, 1));
  program.send(request(kProduceKey, 2));
  EXPECT_EQ(program.wait_for_end(), End::reset);
  EXPECT_TRUE(gate->has_cut());
  tap.drain();
  EXPECT_EQ(broker.requests(), 1);
  EXPECT_EQ(observer.talk().bytes(Direction::to_broker), request(kProduceKey, 1) + request(kProduceKey, 2))
      << "the program did send it";
  EXPECT_EQ(observer.talk().closing, (Closing{Closing::By::tap, true}));
  EXPECT_FALSE(observer.talk().is_out_of_order);
}

TEST_F(GatesTest, CutConnectionAfterTheRequest) {
  const auto gate = std::make_shared<CutConnection>(kProduceKey, 2, CutConnection::At::after_request);
  TestSocket program = connect(gate);
  program.send(request(kProduceKey, 1) + request(kProduceKey, 2) + request(kProduceKey, 3));
  EXPECT_EQ(program.wait_for_end(), End::reset);
  EXPECT_TRUE(is_asked(2));
  tap.drain();
  EXPECT_EQ(broker.requests(), 2);
  TestSocket next = connect(gate);
  next.send(request(kProduceKey, 1));
  EXPECT_TRUE(is_answered(next, 1)) << "only one connection is cut";
}

TEST_F(GatesTest, AFrameCanBeCutInTheMiddle) {
  TestSocket program = connect(gate_of([](const Frame& frame) {
    return frame.direction == Direction::to_client ? Ruling::cut_after(6) : Ruling::pass();
  }));
  program.send(request(kProduceKey, 1));
  EXPECT_EQ(program.receive(6), response(1).substr(0, 6));
  EXPECT_EQ(program.wait_for_end(), End::reset);
}

/// A whole Produce v9 with one record set for a partition of a topic: header v2, client id null.
std::string produce_to(std::int32_t partition, std::int32_t correlation_id,
                       const std::string& record_set = "xyz") {
  const std::string tags(1, '\0');
  return request(kProduceKey, correlation_id,
                 on_the_wire(std::int16_t{-1}) + tags + on_the_wire(std::int8_t{0}) +
                     on_the_wire(std::int16_t{-1}) + on_the_wire(std::int32_t{1000}) + "\x02\x02t\x02" +
                     on_the_wire(partition) + static_cast<char>(record_set.size() + 1) + record_set + tags +
                     tags + tags);
}

/// A Produce with one batch of a record for each letter.
std::string produce_records(std::string_view letters, std::int32_t correlation_id) {
  const std::string before_length = on_the_wire(std::int64_t{0}), epoch = on_the_wire(std::int32_t{0});
  std::string records = on_the_wire(static_cast<std::int32_t>(letters.size()));
  for (const char letter : letters) {
    const std::string no_deltas(3, '\0'), no_key = "\x01", length_of_one = "\x02", no_headers(1, '\0');
    records += "\x0e" + no_deltas + no_key + length_of_one + letter + no_headers;
  }
  const std::string counted =
      epoch + "\x02" + on_the_wire(std::int32_t{0}) + std::string(2 + 4 + 8 + 8 + 8 + 2 + 4, '\0') + records;
  return produce_to(0, correlation_id,
                    before_length + on_the_wire(static_cast<std::int32_t>(counted.size())) + counted);
}

struct DelayAcknowledgementsTest : GatesTest {
  std::shared_ptr<Gate> third_and_fourth() {
    return std::make_shared<DelayAcknowledgements>(
        Stretch{.first = 3, .last = 4, .together = 2}, kDelay,
        [this](std::string_view program, Clock::time_point from, Clock::time_point until) {
          EXPECT_EQ(program, "producer");
          EXPECT_LT(from, until);
          ++held;
        });
  }

  static constexpr auto kDelay = 300ms;
  std::atomic<int> held{0};
};

TEST_F(DelayAcknowledgementsTest, KeepsBackThoseOfAStretchTogether) {
  TestSocket program = connect(third_and_fourth());
  program.send(produce_records("ab", 1));
  EXPECT_TRUE(is_answered(program, 1));
  EXPECT_EQ(held, 0);
  program.send(produce_records("c", 2));
  EXPECT_TRUE(is_asked(2)) << "the broker gets it at once";
  const auto sent = Clock::now();
  program.send(produce_records("d", 3) + produce_records("e", 4));
  EXPECT_TRUE(is_answered(program, 2));
  EXPECT_GE(Clock::now() - sent, kDelay) << "counted from the last of them";
  EXPECT_TRUE(is_answered(program, 3) && is_answered(program, 4));
  EXPECT_EQ(held, 1);
}

// With one request in flight the fourth is sent when the third is acknowledged.
TEST_F(DelayAcknowledgementsTest, KeepsNothingBackTwice) {
  TestSocket program = connect(third_and_fourth());
  int correlation_id = 0;
  for (const char* record : {"a", "b", "c"}) {
    program.send(produce_records(record, ++correlation_id));
    EXPECT_TRUE(is_answered(program, correlation_id));
  }
  EXPECT_EQ(held, 1);
  program.send(produce_records("d", 4));
  EXPECT_TRUE(is_answered(program, 4));
  EXPECT_EQ(held, 1);
}

// A client whose request.timeout.ms is over closes its connection, and sends the same again on another.
TEST_F(DelayAcknowledgementsTest, CountsWhatIsSentAgainOnce) {
  const auto gate = third_and_fourth();
  TestSocket timed_out = connect(gate), program = connect(gate);
  timed_out.send(produce_records("abc", 1));
  EXPECT_TRUE(is_asked(1));
  program.send(produce_records("abc", 1));
  EXPECT_TRUE(is_asked(2));
  const auto sent = Clock::now();
  program.send(produce_records("d", 2));
  EXPECT_TRUE(is_answered(program, 1));
  EXPECT_GE(Clock::now() - sent, kDelay) << "what is sent again is kept back as well";
  EXPECT_TRUE(is_answered(program, 2));
  program.send(produce_records("d", 3));
  EXPECT_TRUE(is_answered(program, 3));
  EXPECT_EQ(held, 1);
}

TEST_F(GatesTest, HoldPartitionHoldsWhatIsProducedThere) {
  const auto gate = std::make_shared<HoldPartition>(
      [](const ProduceRequest& request) { return has_records_for(request, 1); }, reconsider());
  gate->hold();
  TestSocket program = connect(gate);
  for (const char byte : produce_to(0, 1) + produce_to(1, 2) + produce_to(0, 3)) program.send({&byte, 1});
  EXPECT_TRUE(is_answered(program, 1));
  EXPECT_TRUE(eventually([&] { return gate->has_held(); }, 10s, 1ms));
  EXPECT_EQ(broker.requests(), 1);
  gate->release();
  EXPECT_TRUE(is_answered(program, 2) && is_answered(program, 3));
}

TEST_F(GatesTest, HoldPartitionPassesWhatItCannotRead) {
  const auto gate = std::make_shared<HoldPartition>([](const ProduceRequest&) { return true; }, reconsider());
  gate->hold();
  TestSocket program = connect(gate);
  program.send(request(kProduceKey, 1, "no Produce at all"));
  EXPECT_TRUE(is_answered(program, 1));
}

/// A whole AlterConfigs v0 of one resource, without changes: header v1, client id null.
std::string alter_configs_of(int resource_type, std::int32_t correlation_id) {
  return request(kAlterConfigsKey, correlation_id,
                 on_the_wire(std::int16_t{-1}) + on_the_wire(std::int32_t{1}) +
                     static_cast<char>(resource_type) + on_the_wire(std::int16_t{1}) + "1" +
                     on_the_wire(std::int32_t{0}) + static_cast<char>(false),
                 0);
}

constexpr int kTopicConfigs = 2, kBrokerConfigs = 4, kAlterClientQuotasKey = 49;

struct GuardBrokerTest : GatesTest {
  TestSocket connect_guarded(std::shared_ptr<Gate> next = nullptr) {
    return connect(std::make_shared<GuardBroker>(
        std::move(next), [this](std::string_view program, std::string_view api) {
          refused += std::string(program) + " " + std::string(api) + ";";
        }));
  }

  std::string refused;
};

TEST_F(GuardBrokerTest, CutsWhatAltersTheBroker) {
  for (const std::string& asked : {request(kAlterClientQuotasKey, 2), alter_configs_of(kBrokerConfigs, 2),
                                   request(kAlterConfigsKey, 2, "cannot be decoded"),
                                   request(kIncrementalAlterConfigsKey, 2, "nor this")}) {
    refused.clear();
    TestSocket program = connect_guarded();
    const int before = broker.requests();
    program.send(request(kMetadataKey, 1));
    EXPECT_TRUE(is_answered(program, 1));
    program.send(asked);
    EXPECT_EQ(program.wait_for_end(), End::reset);
    tap.drain();
    EXPECT_EQ(broker.requests(), before + 1);
    EXPECT_TRUE(refused.starts_with("producer ")) << refused;
  }
}

TEST_F(GuardBrokerTest, TellsOfEachApiOnce) {
  const auto gate = std::make_shared<GuardBroker>(
      nullptr, [this](std::string_view, std::string_view api) { refused += api; });
  for (int i = 0; i < 3; ++i) {
    TestSocket program = connect(gate);
    program.send(request(kAlterClientQuotasKey, 1));
    EXPECT_EQ(program.wait_for_end(), End::reset);
  }
  tap.drain();
  EXPECT_EQ(refused, "AlterClientQuotas");
}

TEST_F(GuardBrokerTest, LeavesTopicsToTheProgram) {
  TestSocket program = connect_guarded();
  program.send(alter_configs_of(kTopicConfigs, 1) + request(kCreateTopicsKey, 2));
  EXPECT_TRUE(is_answered(program, 1) && is_answered(program, 2));
  EXPECT_EQ(refused, "");
}

TEST_F(GuardBrokerTest, AsksTheNextGateAboutTheRest) {
  const auto next = gate_of(
      [](const Frame& frame) {
        const bool has_contents = !frame.contents.empty();
        return is_request(frame, kProduceKey) && has_contents ? Ruling::cut_after(0) : Ruling::pass();
      },
      true);
  TestSocket program = connect_guarded(next);
  program.send(request(kMetadataKey, 1));
  EXPECT_TRUE(is_answered(program, 1));
  program.send(request(kProduceKey, 2));
  EXPECT_EQ(program.wait_for_end(), End::reset);
  EXPECT_EQ(refused, "");
}

TEST_F(GatesTest, AGateThatThrowsDisturbsNobody) {
  TestSocket program = connect(gate_of([](const Frame&) -> Ruling { throw std::runtime_error("a bug"); }));
  program.send(request(kProduceKey, 1));
  EXPECT_TRUE(is_answered(program, 1));
  EXPECT_THROW(tap.drain(), std::runtime_error);
}

TEST_F(GatesTest, AHeldConnectionEndsWithTheTap) {
  TestSocket program = connect(gate_of([](const Frame&) { return Ruling::hold(); }));
  program.send(request(kProduceKey, 1) + std::string(1'000'000, '\0'));
  EXPECT_TRUE(eventually([&] { return tap.most_kept_bytes() > 200'000; }, 10s, 1ms));
  EXPECT_LE(tap.most_kept_bytes(), 600'000u) << "the program has to wait";
}

}  // namespace
}  // namespace klab
