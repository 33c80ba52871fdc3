#include "runners/recorder.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace klab {
namespace {

TEST(Recorder, NumbersEventsFromTheLineAfterTheHeader) {
  Recorder recorder(History{.lab = "l", .section = "A"});
  recorder.record(SampleRecord{.id = "1"});
  recorder.record(Topic{.name = "t", .partitions = 3});
  recorder.record(SampleRecord{.id = "2"});
  const History history = recorder.history();
  EXPECT_EQ(history.section, "A");
  ASSERT_EQ(history.sample.size(), 2u);
  EXPECT_EQ(history.sample[0].line, 2u);
  EXPECT_EQ(history.topics.at(0).line, 3u);
  EXPECT_EQ(history.sample[1].line, 4u);
}

TEST(Recorder, MayBeUsedFromManyThreads) {
  Recorder recorder(History{});
  const auto record_many = [&] {
    for (int i = 0; i < 1000; ++i) recorder.record(PrintedLine{.at = recorder.now()});
  };
  std::thread one(record_many), two(record_many);
  one.join();
  two.join();
  std::set<Line> lines;
  for (const PrintedLine& printed : recorder.history().printed) lines.insert(printed.line);
  EXPECT_EQ(lines.size(), 2000u);
  EXPECT_EQ(*lines.rbegin(), 2001u);
}

TEST(Recorder, TellsAFollowerAndKeepsNothing) {
  std::vector<AnyEvent> told;
  Recorder recorder = Recorder::telling([&](const AnyEvent& event) { told.push_back(event); });
  recorder.record(Topic{.name = "t", .partitions = 3});
  recorder.record(Disconnected{.connection = 7});
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(std::get<Topic>(told[0]).name, "t");
  EXPECT_EQ(std::get<Disconnected>(told[1]).connection, 7);
  EXPECT_EQ(std::get<Disconnected>(told[1]).line, 3u);
  EXPECT_FALSE(recorder.keeps_events());
  EXPECT_TRUE(recorder.history().topics.empty());
}

TEST(Recorder, HasAClockThatStartsWithItAndOnlyAdvances) {
  const Recorder recorder(History{});
  const Moment first = recorder.now();
  EXPECT_GE(first, Moment(0));
  EXPECT_GE(recorder.now(), first);
}

}  // namespace
}  // namespace klab
