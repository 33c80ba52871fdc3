#include "reports/pictures/passage_timelines.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// A program that sends a record a second to a partition that another one reads; each is created 100 ms
/// before it is sent, acknowledged 10 ms and delivered 20 ms after it.
HistoryOf sends_slowly(std::size_t records, std::size_t delivered) {
  HistoryOf history("t", 1);
  history.sample(records).fetched("consumer-1", 0, 0);
  for (std::size_t i = 0; i < records; ++i) {
    const auto offset = static_cast<std::int64_t>(i);
    const Moment sent = std::chrono::seconds(i + 1);
    history.at(sent).sent("producer-1", 0, {i}).at(sent + 10ms).answered(offset);
    history.stored(0, offset, i).created(sent - 100ms);
    if (i < delivered) history.at(sent + 20ms).delivered("consumer-1", 0, {offset});
  }
  return history;
}

TEST(PassageTimelines, DrawALineARecordFromItsClientToItsDelivery) {
  const auto timelines = passage_timelines(sends_slowly(6, 6));
  ASSERT_EQ(timelines.size(), 1u);
  EXPECT_TRUE(timelines[0].is_dense);
  ASSERT_EQ(timelines[0].lanes.size(), 6u);
  const TimelineLane& first = timelines[0].lanes[0];
  ASSERT_EQ(first.spans.size(), 2u);
  EXPECT_EQ(first.spans[0].from, Moment(900ms));
  EXPECT_EQ(first.spans[0].until, Moment(1s));
  EXPECT_EQ(first.spans[1].until, Moment(1020ms));
  ASSERT_EQ(first.ticks.size(), 1u);
  EXPECT_EQ(first.ticks[0].at, Moment(1010ms));
}

TEST(PassageTimelines, SayWhatWasNeverDelivered) {
  const auto timelines = passage_timelines(sends_slowly(6, 5));
  ASSERT_EQ(timelines.size(), 1u);
  EXPECT_EQ(timelines[0].lanes[5].spans.back().text, "never delivered");
  EXPECT_NE(timelines[0].lanes[5].spans.back().hue, timelines[0].lanes[4].spans.back().hue);
}

TEST(PassageTimelines, ShowWhenAcknowledgementsWereHeld) {
  const auto timelines = passage_timelines(sends_slowly(6, 6).at(2s).acknowledgements_held("producer-1", 4s));
  ASSERT_EQ(timelines.at(0).bands.size(), 1u);
  EXPECT_EQ(timelines[0].bands[0].until, Moment(4s));
}

TEST(PassageTimelines, DrawNothingWhereNobodyWaitedOrAllWasSentAtOnce) {
  History unread = sends_slowly(6, 6);
  unread.fetch_started.clear();
  EXPECT_TRUE(passage_timelines(unread).empty());
  History at_once = sends_slowly(6, 6);
  for (SentBatch& batch : at_once.sent) batch.at = 1s;
  EXPECT_TRUE(passage_timelines(at_once).empty());
}

TEST(PassageTimelines, ThinThemselves) {
  const auto timelines = passage_timelines(sends_slowly(500, 500));
  ASSERT_EQ(timelines.size(), 1u);
  EXPECT_LE(timelines[0].lanes.size(), 60u);
  EXPECT_NE(timelines[0].caption.find("One record of 9 is drawn."), std::string::npos);
}

}  // namespace
}  // namespace klab
