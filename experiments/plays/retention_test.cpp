#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

using Bounds = std::vector<int>;

struct Outcome {
  Bounds day = {0, 1}, idle = {1, 1}, together = {0, 9}, apart = {2, 3};
  std::vector<int> there_until{300, 900, 10, 20, 30, 40}, gone_at{310, 910, 20, 30, 40, 50};
};

History after(const Outcome& outcome) {
  ToldHistory story;
  story.note("retention.ms of untouched", "604800000").note("retention.ms of day", "86400000");
  story.note("segments before", "0").note("segments after", "1");
  for (std::size_t i = 0; i < outcome.gone_at.size(); ++i)
    story.tell(kNotes, {{"there until", outcome.there_until[i]}, {"gone at", outcome.gone_at[i]}});
  story.note("bounds of untouched", Bounds{0, 1}).note("bounds of untouched-old", Bounds{1, 1});
  story.note("bounds of day", outcome.day).note("bounds of day-old", outcome.idle);
  story.note("bounds of together", outcome.together).note("bounds of apart", outcome.apart);
  return story.history;
}

TEST(RetentionPlay, SeesWholeSegmentsGoSomeTimeLater) {
  EXPECT_EQ(concluded("retention.time", after({})), "yes; unit: segment; when: later");
  EXPECT_EQ(concluded("retention.day", after({})), "yes");
  EXPECT_EQ(concluded("retention.default", after({})), "7 days");
  EXPECT_EQ(concluded("retention.active", after({})), "rolled");
}

TEST(RetentionPlay, SeesSingleRecordsGoAtOnce) {
  EXPECT_EQ(
      concluded(
          "retention.time",
          after({.together = {2, 9}, .there_until = {0, 0, 0, 0, 0, 0}, .gone_at = {5, 5, 5, 5, 5, 5}})),
      "yes; unit: record; when: at once");
}

TEST(RetentionPlay, SaysNothingOfWhenWhereDelaysAreShort) {
  EXPECT_EQ(concluded("retention.time",
                      after({.there_until = {90, 0, 0, 0, 0, 0}, .gone_at = {150, 5, 5, 5, 5, 5}})),
            "yes; unit: segment");
}

TEST(RetentionPlay, SeesThatAnActiveSegmentStays) {
  EXPECT_EQ(concluded("retention.active", after({.idle = {0, 1}})), "never");
}

TEST(RetentionPlay, SeesThatARecordIsGoneBeforeTheDayIsOver) {
  EXPECT_EQ(concluded("retention.day", after({.day = {1, 1}})), "no");
}

TEST(RetentionPlay, IsUndecidedWhenNothingIsDeleted) {
  EXPECT_EQ(concluded("retention.time", after({.apart = {0, 3}})), "undecided");
}

}  // namespace
}  // namespace klab
