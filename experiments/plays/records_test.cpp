#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

History sizes(const std::vector<int>& accepted, const std::vector<int>& refused, const std::string& error) {
  ToldHistory story;
  for (const int size : accepted) story.tell("large", {{"acked", std::to_string(size)}});
  for (const int size : refused) story.tell("large", {{"failed", std::to_string(size)}});
  story.tell("roomy", {{"acked", "4194304"}});
  story.history.answered.push_back({.program = "large", .topic = "sizes", .error = error});
  return story.history;
}

TEST(RecordsPlay, FindsTheLargestThatIsAccepted) {
  EXPECT_EQ(concluded("size.max", sizes({1, 1000}, {4000, 1001}, "MSG_SIZE_TOO_LARGE")), "1000 bytes");
}

TEST(RecordsPlay, IsUndecidedBetweenSizesThatWereNotTried) {
  EXPECT_EQ(concluded("size.max", sizes({1, 1000}, {4000, 1002}, "MSG_SIZE_TOO_LARGE")), "undecided");
}

TEST(RecordsPlay, IsUndecidedWhenTheBrokerRefusedForAnotherReason) {
  EXPECT_EQ(concluded("size.max", sizes({1, 1000}, {4000, 1001}, "POLICY_VIOLATION")), "undecided");
}

History keyless(const std::string& error) {
  ToldHistory story;
  story.tell("keyless", {{"acked", "with a key, compacted"}})
      .tell("keyless", {{"acked", "no key, ordinary"}});
  if (error.empty())
    story.tell("keyless", {{"acked", "no key, compacted"}});
  else
    story.history.answered.push_back({.program = "keyless", .topic = "compacted", .error = error});
  return story.history;
}

TEST(RecordsPlay, SeesWhetherACompactedTopicTakesARecordWithoutKey) {
  EXPECT_EQ(concluded("compaction.nokey", keyless("INVALID_RECORD")), "no");
  EXPECT_EQ(concluded("compaction.nokey", keyless("")), "yes");
}

/// Two records, "now" and "own", in a topic at its defaults and in one with LogAppendTime; they were let go
/// at 2000.
struct Stamped {
  std::int64_t now = 1000, own = 1'000'000'000'000, appended_now = 2001, appended_own = 2001;
  std::string released = "2000";
};

std::string timestamps(const Stamped& stamped) {
  ToldHistory story;
  if (!stamped.released.empty()) story.note("released", stamped.released);
  const auto store = [&](const std::string& topic, const std::string& value, std::int64_t timestamp_ms) {
    story.stored(topic, value).history.logged.back().timestamp_ms = timestamp_ms;
  };
  store("untouched", "now", stamped.now);
  store("untouched", "own", stamped.own);
  store("appended", "now", stamped.appended_now);
  if (stamped.appended_own > 0) store("appended", "own", stamped.appended_own);
  return concluded("timestamp.meaning", story.history);
}

TEST(TimestampsPlay, SeesWhoseClockItIs) {
  EXPECT_EQ(timestamps({}), "producer");
  EXPECT_EQ(timestamps({.now = 2000, .own = 2001}), "broker");
}

TEST(TimestampsPlay, IsUndecidedWhenTheProgramsOwnTimestampSpeaksAgainstIt) {
  EXPECT_EQ(timestamps({.own = 2001}), "undecided");
  EXPECT_EQ(timestamps({.now = 2000}), "undecided");
}

TEST(TimestampsPlay, IsUndecidedWhenTheBrokersClockIsNotSeenAsSuch) {
  EXPECT_EQ(timestamps({.appended_now = 1000}), "undecided");
  EXPECT_EQ(timestamps({.appended_own = -1}), "undecided");
}

TEST(TimestampsPlay, IsUndecidedWhenNothingWasHeld) { EXPECT_EQ(timestamps({.released = ""}), "undecided"); }

}  // namespace
}  // namespace klab
