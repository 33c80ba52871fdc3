#include "cli/watch/watch_feed.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

WatchLine sent(const std::string& program, Moment at, std::size_t messages = 100) {
  return {.at = at,
          .program = program,
          .verb = "sent",
          .text = "a batch",
          .messages = messages,
          .many = "batches"};
}

WatchLine done(const std::string& program, Moment at, const std::string& verb) {
  return {.at = at, .program = program, .verb = verb, .text = verb};
}

Texts texts(const std::vector<WatchLine>& lines) {
  Texts texts;
  for (const WatchLine& line : lines) texts.push_back(line.program + " " + line.text);
  return texts;
}

void add_many(WatchFeed& feed, const std::string& program, std::size_t count, Moment at) {
  for (std::size_t i = 0; i < count; ++i) feed.add(sent(program, at));
}

TEST(WatchFeed, HandsLinesOnInTheirOrder) {
  WatchFeed feed;
  feed.add(done("#1", 1ms, "connected"));
  feed.add(sent("#1", 2ms));
  EXPECT_EQ(texts(feed.take(3ms)), (Texts{"#1 connected", "#1 a batch"}));
  EXPECT_TRUE(feed.take(4ms).empty());
}

TEST(WatchFeed, SumsUpWhatComesTooOftenInASecond) {
  WatchFeed feed;
  add_many(feed, "#1", 522, 10ms);
  EXPECT_EQ(feed.take(20ms).size(), 10u);
  EXPECT_TRUE(feed.take(900ms).empty());
  const auto sum = feed.take(1100ms);
  ASSERT_EQ(texts(sum), Texts{"#1 and 512 more batches, 51200 messages"});
  EXPECT_EQ(sum[0].at, 10ms);
  EXPECT_TRUE(feed.take(5s).empty());
}

TEST(WatchFeed, ShowsALineThatIsAloneInASum) {
  WatchFeed feed;
  add_many(feed, "#1", 11, 10ms);
  EXPECT_EQ(texts(feed.take(2s)), Texts(11, "#1 a batch"));
}

TEST(WatchFeed, CountsEachConnectionAndEachKindForItself) {
  WatchFeed feed;
  add_many(feed, "#1", 10, 10ms);
  add_many(feed, "#2", 10, 10ms);
  for (int i = 0; i < 10; ++i) feed.add(done("#1", 11ms, "acknowledged"));
  EXPECT_EQ(feed.take(20ms).size(), 30u);
}

TEST(WatchFeed, BeginsAnewEachSecond) {
  WatchFeed feed;
  for (int second = 0; second < 3; ++second) add_many(feed, "#1", 10, second * 1s + 10ms);
  EXPECT_EQ(feed.take(3s).size(), 30u);
}

TEST(WatchFeed, ShowsOfABurstThatGoesOnOnlySums) {
  WatchFeed feed;
  for (int second = 0; second < 3; ++second) add_many(feed, "#1", 50, second * 1s + 10ms);
  const auto lines = texts(feed.take(3100ms));
  ASSERT_EQ(lines.size(), 13u);
  EXPECT_EQ(lines[10], "#1 and 40 more batches, 4000 messages");
  EXPECT_EQ(lines[11], "#1 and 50 more batches, 5000 messages");
  EXPECT_TRUE(feed.take(4200ms).empty());
  add_many(feed, "#1", 3, 4300ms);
  EXPECT_EQ(feed.take(4400ms).size(), 3u);
}

TEST(WatchFeed, PutsTheSumBeforeWhatComesNext) {
  WatchFeed feed;
  add_many(feed, "#1", 30, 10ms);
  feed.add(done("#2", 20ms, "connected"));
  feed.add(done("#1", 30ms, "disconnected"));
  const auto lines = texts(feed.take(40ms));
  ASSERT_EQ(lines.size(), 13u);
  EXPECT_EQ(lines[10], "#2 connected");
  EXPECT_EQ(lines[11], "#1 and 20 more batches, 2000 messages");
  EXPECT_EQ(lines[12], "#1 disconnected");
}

TEST(WatchFeed, KeepsNoSumBackAtTheEnd) {
  WatchFeed feed;
  add_many(feed, "#1", 30, 10ms);
  EXPECT_EQ(texts(feed.take_all()).back(), "#1 and 20 more batches, 2000 messages");
}

TEST(WatchFeed, GivesALineWithoutATimeThatOfTheLineBefore) {
  WatchFeed feed;
  feed.add(done("#1", 5ms, "disconnected"));
  feed.add(done("#1", {}, "unclear"));
  EXPECT_EQ(feed.take(6ms).back().at, 5ms);
}

TEST(WatchFeed, KeepsNoMoreThanATerminalCouldShow) {
  WatchFeed feed;
  for (int i = 0; i < 15'000; ++i) feed.add(done("#" + std::to_string(i), 5ms, "connected"));
  const auto lines = feed.take(6ms);
  ASSERT_EQ(lines.size(), 10'001u);
  EXPECT_EQ(lines.back().text, "5000 lines that came faster than they could be shown");
  EXPECT_TRUE(feed.take(7ms).empty());
}

}  // namespace
}  // namespace klab
