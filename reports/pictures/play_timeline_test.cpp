#include "reports/pictures/play_timeline.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

History producer_that_ran() {
  History history =
      HistoryOf("t").sample(3).at(1s).sent("producer-1", 0, {0, 1}).answered(0).exited("producer-1");
  history.programs[0].ended = 2s;
  return history;
}

TEST(PlayTimeline, DrawsNothingWhereNothingRan) { EXPECT_FALSE(play_timeline(HistoryOf("t").sample(1))); }

TEST(PlayTimeline, HasALaneForEachProgramInTheOrderTheyStarted) {
  History history = producer_that_ran();
  history.programs.push_back({.program = "consumer-1", .started = 3s, .ended = 4s});
  history.programs[0].started = 500ms;
  std::swap(history.programs[0], history.programs[1]);
  const auto timeline = play_timeline(history);
  ASSERT_TRUE(timeline);
  ASSERT_EQ(timeline->lanes.size(), 2u);
  EXPECT_EQ(timeline->lanes[0].label, "producer-1");
  EXPECT_EQ(timeline->lanes[1].label, "consumer-1");
  EXPECT_EQ(timeline->end, 4s);
}

TEST(PlayTimeline, MarksWhatWasSentAndGiven) {
  History history = producer_that_ran();
  history.delivered.push_back({.program = "producer-1", .at = 1500ms, .topic = "t", .offsets = {0, 1, 2}});
  const TimelineLane lane = play_timeline(history)->lanes.at(0);
  ASSERT_EQ(lane.ticks.size(), 2u);
  EXPECT_EQ(lane.ticks[0].count, 2u);
  EXPECT_NEAR(static_cast<double>(lane.ticks[0].at.count()), 1e6, 5000);
  EXPECT_EQ(lane.ticks[1].count, 3u);
  EXPECT_NE(lane.ticks[0].hue, lane.ticks[1].hue);
}

TEST(PlayTimeline, StaysSmallHoweverMuchHappened) {
  History history = producer_that_ran();
  for (int i = 0; i < 100'000; ++i)
    history.sent.push_back({.program = "producer-1", .at = Moment(20 * i), .topic = "t", .messages = 1});
  EXPECT_LE(play_timeline(history)->lanes.at(0).ticks.size(), 401u);
}

TEST(PlayTimeline, TellsWhatATransactionCameTo) {
  History history = producer_that_ran();
  const auto step = [&](TransactionStep what, Moment at, std::string error = "") {
    history.transactions.push_back({.program = "producer-1",
                                    .asked = at,
                                    .at = at,
                                    .transactional_id = "tx",
                                    .step = what,
                                    .error = std::move(error)});
  };
  step(TransactionStep::begun, 100ms);
  step(TransactionStep::committed, 150ms, "COORDINATOR_NOT_AVAILABLE");
  step(TransactionStep::committed, 200ms);
  step(TransactionStep::begun, 300ms);
  step(TransactionStep::aborted, 400ms);
  step(TransactionStep::begun, 500ms);
  const auto& spans = play_timeline(history)->lanes.at(0).spans;
  ASSERT_EQ(spans.size(), 4u);
  EXPECT_EQ(spans[1].text, "committed");
  EXPECT_EQ(spans[1].from, Moment(100ms));
  EXPECT_EQ(spans[1].until, Moment(200ms));
  EXPECT_EQ(spans[2].text, "aborted");
  EXPECT_EQ(spans[3].text, "never ended");
  EXPECT_EQ(spans[3].until, Moment(2s));
}

TEST(Timeline, IsWellFormedWhateverIsInIt) {
  History history = producer_that_ran();
  history.programs[0].program = "<producer & \"1\">";
  std::string page;
  {
    XmlElement body(page, "body");
    write_timeline(body, *play_timeline(history));
  }
  pugi::xml_document parsed;
  ASSERT_TRUE(parsed.load_string(page.c_str())) << page;
  EXPECT_EQ(parsed.select_nodes("//svg/text[@class='lane']").size(), 1u);
  EXPECT_STREQ(parsed.select_node("//svg/text[@class='lane']").node().text().get(), "<producer & \"1\">");
  EXPECT_EQ(parsed.select_nodes("//svg/@aria-label").size(), 1u);
}

}  // namespace
}  // namespace klab
