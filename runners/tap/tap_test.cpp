#include "runners/tap/tap.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <random>

#include "checks/errors.hpp"
#include "runners/tap/frames_for_tests.hpp"
#include "runners/tap/loopback.hpp"
#include "runners/tap/recording_observer.hpp"
#include "runners/tap/sockets_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using End = TestSocket::End;
using By = Closing::By;

std::string random_bytes(std::size_t size, unsigned seed) {
  std::minstd_rand random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() >> 8);
  return bytes;
}

/// In pieces of any size up to the given one.
void send_in_pieces(TestSocket& socket, std::string_view bytes, std::size_t largest, unsigned seed) {
  std::minstd_rand random(seed);
  while (!bytes.empty()) {
    const std::size_t size = std::min<std::size_t>(1 + random() % largest, bytes.size());
    ASSERT_TRUE(socket.send(bytes.substr(0, size)));
    bytes.remove_prefix(size);
  }
}

struct TapTest : testing::Test {
  int listen(int upstream_port, std::string program = "producer") {
    FileDescriptor socket = listen_on_loopback();
    const int port = port_of(socket);
    listener = tap.listen(std::move(socket), upstream_port, std::move(program));
    return port;
  }
  TestSocket connect(const FakeBroker& broker) { return TestSocket::connected_to(listen(broker.port())); }
  bool hears_end(std::size_t connections = 1) {
    return eventually(
        [&] {
          const auto talks = observer.talks();
          return talks.size() == connections &&
                 std::ranges::all_of(talks, [](const auto& talk) { return talk.second.closing.has_value(); });
        },
        10s);
  }

  RecordingObserver observer;
  Tap tap{observer};
  ListenerId listener = 0;
};

TEST_F(TapTest, ForwardsTheSameBytesBothWays) {
  FakeBroker broker(echo);
  for (const std::size_t size : {1u, 1'000u, 100'000u, 3'000'000u}) {
    TestSocket program = connect(broker);
    const std::string sent = random_bytes(size, 1);
    std::thread sender([&] {
      send_in_pieces(program, sent, 1 + size / 10, 2);
      program.end_sending();
    });
    EXPECT_EQ(program.receive_all(), sent) << size;
    EXPECT_EQ(program.end(), End::orderly);
    sender.join();
  }
}

TEST_F(TapTest, TellsTheObserverExactlyWhatItForwarded) {
  FakeBroker broker(echo);
  TestSocket program = connect(broker);
  const std::string sent = random_bytes(500'000, 3);
  std::thread sender([&] { send_in_pieces(program, sent, 50'000, 4); });
  EXPECT_EQ(program.receive(sent.size()), sent);
  sender.join();
  tap.drain();
  const auto talk = observer.talk();
  EXPECT_EQ(talk.program, "producer");
  EXPECT_EQ(talk.bytes(Direction::to_broker), sent);
  EXPECT_EQ(talk.bytes(Direction::to_client), sent) << "all that the program has got is there after drain()";
  EXPECT_FALSE(talk.closing);
}

TEST_F(TapTest, TellsOfARequestBeforeItsResponse) {
  FakeBroker broker(echo);
  TestSocket program = connect(broker);
  for (int i = 0; i < 200; ++i) {
    program.send(std::to_string(i));
    program.receive(std::to_string(i).size());
  }
  tap.drain();
  const auto pieces = observer.talk().pieces;
  ASSERT_EQ(pieces.size(), 400u);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].direction, i % 2 == 0 ? Direction::to_broker : Direction::to_client);
    EXPECT_EQ(pieces[i].bytes, std::to_string(i / 2));
    EXPECT_GE(pieces[i].when, pieces[i == 0 ? 0 : i - 1].when);
  }
}

TEST_F(TapTest, KeepsFiftyConnectionsApart) {
  FakeBroker broker(echo);
  const int port = listen(broker.port());
  std::vector<std::thread> programs;
  std::atomic<int> right{0};
  for (unsigned i = 0; i < 50; ++i)
    programs.emplace_back([&, i] {
      TestSocket program = TestSocket::connected_to(port);
      const std::string sent = random_bytes(20'000, i);
      std::thread sender([&] {
        send_in_pieces(program, sent, 3'000, i);
        program.end_sending();
      });
      if (program.receive_all() == sent) ++right;
      sender.join();
    });
  for (std::thread& program : programs) program.join();
  EXPECT_EQ(right, 50);
  ASSERT_TRUE(hears_end(50));
  for (const auto& [id, talk] : observer.talks()) {
    EXPECT_EQ(talk.bytes(Direction::to_broker), talk.bytes(Direction::to_client));
    EXPECT_EQ(talk.closing, (Closing{By::program, false}));
    EXPECT_FALSE(talk.is_out_of_order);
  }
}

TEST_F(TapTest, PassesOnThatOneDirectionHasEnded) {
  FakeBroker broker([](TestSocket& socket) {
    const std::string all = socket.receive_all();  // to the end, and only then the answer
    socket.send("heard " + all);
  });
  TestSocket program = connect(broker);
  program.send("everything");
  program.end_sending();
  EXPECT_EQ(program.receive_all(), "heard everything");
  EXPECT_EQ(program.end(), End::orderly);
  ASSERT_TRUE(hears_end());
  EXPECT_EQ(observer.talk().closing, (Closing{By::program, false}));
  EXPECT_GT(observer.talk().pieces.back().when, observer.talk().closed) << "the answer came after the end";
}

TEST_F(TapTest, PassesOnThatTheBrokerHasEnded) {
  FakeBroker broker([](TestSocket& socket) { socket.send("go away"); });
  TestSocket program = connect(broker);
  EXPECT_EQ(program.receive_all(), "go away");
  program.reset();
  ASSERT_TRUE(hears_end());
  EXPECT_EQ(observer.talk().closing->by, By::broker);
}

TEST_F(TapTest, PassesOnAResetOfTheProgram) {
  std::atomic<End> end{End::none_yet};
  FakeBroker broker([&](TestSocket& socket) {
    socket.send("hello");
    end = socket.wait_for_end();
  });
  TestSocket program = connect(broker);
  program.receive(5);
  program.reset();
  ASSERT_TRUE(hears_end());
  EXPECT_EQ(observer.talk().closing, (Closing{By::program, true}));
  EXPECT_TRUE(eventually([&] { return end != End::none_yet; }, 10s)) << "the broker saw no end";
}

TEST_F(TapTest, PassesOnAResetOfTheBroker) {
  FakeBroker broker([](TestSocket& socket) {
    socket.receive(5);
    socket.reset();
  });
  TestSocket program = connect(broker);
  program.send("hello");
  EXPECT_EQ(program.wait_for_end(), End::reset);
  ASSERT_TRUE(hears_end());
  EXPECT_EQ(observer.talk().closing, (Closing{By::broker, true}));
}

TEST_F(TapTest, EndsAConnectionThatTheBrokerRefuses) {
  const int nobody = [] { return port_of(listen_on_loopback()); }();
  TestSocket program(begin_to_connect(listen(nobody)));  // which may be over before a test can look
  EXPECT_NE(program.wait_for_end(), End::none_yet);
  ASSERT_TRUE(hears_end());
  EXPECT_EQ(observer.talk().closing->by, By::broker);
  FakeBroker broker(echo);
  TestSocket next = connect(broker);
  next.send("and goes on");
  EXPECT_EQ(next.receive(11), "and goes on");
}

// The program reads nothing until the broker can send no more: what is in between is bounded, and nothing of
// it is lost.
TEST_F(TapTest, KeepsLittleForASlowReader) {
  constexpr std::size_t kAll = 40'000'000;
  const std::string all = random_bytes(kAll, 5);
  std::atomic<std::size_t> sent{0};
  FakeBroker broker([&](TestSocket& socket) {
    for (; sent < kAll; sent += 100'000) socket.send(std::string_view(all).substr(sent, 100'000));
  });
  TestSocket program = connect(broker);
  std::size_t before = 0;
  EXPECT_TRUE(eventually([&] { return std::exchange(before, sent) == sent && sent > 0; }, 10s, 200ms));
  EXPECT_LT(sent, kAll) << "the broker was never made to wait";
  EXPECT_EQ(program.receive_all(), all);
  EXPECT_LE(tap.most_kept_bytes(), TapLimits{}.bytes_a_read);
}

TEST_F(TapTest, KnowsWhenAllThatProgramsSaidHasGoneOn) {
  FakeBroker broker([](TestSocket& socket) { socket.wait_for_end(); });
  {
    TestSocket program = connect(broker);
    EXPECT_TRUE(program.send("last words"));
    EXPECT_TRUE(eventually([&] { return !tap.has_passed_on_all(listener); }, 10s));
  }
  EXPECT_TRUE(eventually([&] { return tap.has_passed_on_all(listener); }, 10s));
  tap.drain();
  EXPECT_EQ(observer.talk().bytes(Direction::to_broker), "last words");
}

TEST_F(TapTest, StopsListeningInTheMiddle) {
  FakeBroker broker(echo);
  TestSocket other = connect(broker);
  const int port = listen(broker.port(), "consumer");
  TestSocket program = TestSocket::connected_to(port);
  program.send("hello");
  program.receive(5);
  tap.stop_listening(listener);
  EXPECT_NE(program.wait_for_end(), End::none_yet);
  EXPECT_THROW(TestSocket::connected_to(port), std::runtime_error);
  tap.drain();
  EXPECT_EQ(observer.talk(2).closing, (Closing{By::tap, false}));
  tap.stop_listening(listener);
  other.send("still there");
  EXPECT_EQ(other.receive(11), "still there");
}

// As a child has them between its fork and its exec.
TEST_F(TapTest, FreesAPortThatSomebodyElseHasACopyOf) {
  FakeBroker broker(echo);
  FileDescriptor socket = listen_on_loopback();
  const int port = port_of(socket);
  const FileDescriptor copy(fcntl(socket.get(), F_DUPFD_CLOEXEC, 0));
  listener = tap.listen(std::move(socket), broker.port(), "producer");
  EXPECT_THROW(listen_on_loopback(port), HarnessError);
  tap.stop_listening(listener);
  EXPECT_NO_THROW(listen_on_loopback(port));
}

TEST_F(TapTest, EndsEverythingWithItself) {
  FakeBroker broker(echo);
  RecordingObserver heard;
  std::optional<TestSocket> program;
  {
    Tap brief(heard);
    FileDescriptor socket = listen_on_loopback();
    const int port = port_of(socket);
    brief.listen(std::move(socket), broker.port(), "producer");
    program = TestSocket::connected_to(port);
    program->send("hello");
    program->receive(5);
  }
  EXPECT_NE(program->wait_for_end(), End::none_yet);
  EXPECT_EQ(heard.talk().bytes(Direction::to_client), "hello");
  EXPECT_EQ(heard.talk().closing, (Closing{By::tap, false}));
}

TEST(TapUnderLoad, WaitsForASlowObserverRatherThanLoseAnything) {
  struct SlowObserver : RecordingObserver {
    void bytes(ConnectionId connection, Direction direction, Clock::time_point when,
               std::string_view bytes) override {
      eventually([&] { return is_awake.load(); }, 10s, 1ms);
      RecordingObserver::bytes(connection, direction, when, bytes);
    }
    std::atomic<bool> is_awake{false};
  } observer;
  constexpr std::size_t kLimit = 100'000, kRead = 10'000, kAll = 20'000'000;
  Tap tap(observer, {.queued_bytes = kLimit, .bytes_a_read = kRead});
  std::atomic<std::size_t> received{0};
  FakeBroker broker([&](TestSocket& socket) {
    for (std::string bytes = socket.receive_some(); !bytes.empty(); bytes = socket.receive_some())
      received += bytes.size();
  });
  FileDescriptor socket = listen_on_loopback();
  const int port = port_of(socket);
  tap.listen(std::move(socket), broker.port(), "producer");
  TestSocket program = TestSocket::connected_to(port);
  const std::string sent = random_bytes(kAll, 6);
  std::thread sender([&] { program.send(sent); });
  EXPECT_TRUE(eventually([&] { return tap.most_queued_bytes() >= kLimit; }, 10s)) << "it was never behind";
  EXPECT_LT(received, kAll);
  observer.is_awake = true;
  sender.join();
  EXPECT_TRUE(eventually([&] { return received == kAll; }, 10s));
  tap.drain();
  EXPECT_EQ(observer.talk().bytes(Direction::to_broker), sent);
  EXPECT_LE(tap.most_queued_bytes(), kLimit + 2 * kRead);
}

TEST(TapUnderLoad, LetsAConnectionWaitWhereNoDescriptorIsLeft) {
  RecordingObserver observer;
  Tap tap(observer);
  FakeBroker broker(echo);
  FileDescriptor socket = listen_on_loopback();
  const int port = port_of(socket);
  tap.listen(std::move(socket), broker.port(), "producer");
  rlimit usual{};
  getrlimit(RLIMIT_NOFILE, &usual);
  const int next = FileDescriptor(dup(STDERR_FILENO)).get();
  const rlimit one_more{.rlim_cur = static_cast<rlim_t>(next) + 1, .rlim_max = usual.rlim_max};
  setrlimit(RLIMIT_NOFILE, &one_more);
  TestSocket program = TestSocket::connected_to(port);
  program.send("hello");
  tap.drain();
  EXPECT_TRUE(observer.talks().empty()) << "there was a descriptor left";
  setrlimit(RLIMIT_NOFILE, &usual);
  EXPECT_EQ(program.receive(5), "hello");
}

TEST(TapUnderLoad, IsNotDisturbedByAnObserverThatThrows) {
  struct BrokenObserver : RecordingObserver {
    void bytes(ConnectionId, Direction, Clock::time_point, std::string_view) override {
      throw std::runtime_error("cannot observe");
    }
  } observer;
  Tap tap(observer);
  FakeBroker broker(echo);
  FileDescriptor socket = listen_on_loopback();
  const int port = port_of(socket);
  tap.listen(std::move(socket), broker.port(), "producer");
  TestSocket program = TestSocket::connected_to(port);
  for (int i = 0; i < 3; ++i) {
    program.send("hello");
    EXPECT_EQ(program.receive(5), "hello");
  }
  EXPECT_THROW(tap.drain(), std::runtime_error);
}

TEST_F(TapTest, EndsOnlyTheConnectionWithWhichSomethingFails) {
  struct FailingGate : Gate {
    Ruling rule(const Frame&, Clock::time_point) override { return Ruling::pass(); }
    bool wants_contents(const Frame&) const override { throw std::runtime_error("no memory"); }
  };
  FakeBroker broker(echo);
  TestSocket other = connect(broker);
  FileDescriptor socket = listen_on_loopback();
  const int port = port_of(socket);
  tap.listen(std::move(socket), broker.port(), "consumer", std::make_shared<FailingGate>());
  TestSocket program = TestSocket::connected_to(port);
  program.send(request(0, 1));
  EXPECT_EQ(program.receive_all(), "");
  other.send("hello");
  EXPECT_EQ(other.receive(5), "hello");
  EXPECT_THROW(tap.drain(), std::runtime_error);
}

}  // namespace
}  // namespace klab
