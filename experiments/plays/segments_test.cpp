#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

using Files = std::map<std::string, std::string>;

const std::string kFirst = "0000000000000000", kSecond = "0000000000000002";

History looks(const Files& last) {
  ToldHistory story;
  for (const std::string topic : {"ordinary", "compacted"}) {
    story.note("files of " + topic, Files{{"0", kFirst + "aa"}});
    story.note("files of " + topic, Files{{"0", kFirst + "aabb"}});
  }
  story.note("files of ordinary", last);
  story.note("files of compacted", Files{{"0", kFirst + "bb"}}).note("files of compacted", Files{});
  return story.history;
}

TEST(SegmentsPlay, SeesFilesThatOnlyGrow) {
  EXPECT_EQ(concluded("segments", looks({{"0", kFirst + "aabbcc"}, {"2", kSecond + "dd"}})), "yes");
}

TEST(SegmentsPlay, SeesThatAFileIsWrittenAnew) {
  EXPECT_EQ(concluded("segments", looks({{"0", kFirst + "aacc"}, {"2", kSecond + "dd"}})), "no");
}

TEST(SegmentsPlay, SeesThatAFileIsNotNamedAfterItsFirstOffset) {
  EXPECT_EQ(concluded("segments", looks({{"0", kFirst + "aabb"}, {"3", kSecond + "dd"}})), "no");
}

/// What is left of the deleted key in the compacted topic, beside the newest of each other key.
History left(const std::vector<std::optional<std::string>>& of_gone, int oldest = 3) {
  History history;
  const auto store = [&](const std::string& topic, const std::string& key, std::optional<std::string> value) {
    const auto offset = static_cast<std::int64_t>(history.logged.size());
    history.logged.push_back({.topic = topic, .offset = offset, .key = key, .value = std::move(value)});
  };
  for (const std::string key : {"a", "b", "c"})
    for (int version = 1; version <= 3; ++version) {
      store("ordinary", key, key + " " + std::to_string(version));
      if (version >= oldest) store("compacted", key, key + " " + std::to_string(version));
    }
  store("ordinary", "gone", "gone 1");
  store("ordinary", "gone", std::nullopt);
  store("compacted", "once", "once 1");
  for (const auto& value : of_gone) store("compacted", "gone", value);
  return history;
}

TEST(CompactionPlay, SeesTheNewestOfEachKeyAndNothingOfADeletedOne) {
  EXPECT_EQ(concluded("compaction", left({})), "latest per key; tombstone: removes");
  EXPECT_EQ(concluded("compaction", left({std::nullopt})), "latest per key; tombstone: removes");
}

TEST(CompactionPlay, SeesThatATombstoneRemovesNothing) {
  EXPECT_EQ(concluded("compaction", left({"gone 1", std::nullopt})), "latest per key; tombstone: keeps");
}

TEST(CompactionPlay, IsUndecidedWhereNothingWasCompacted) {
  EXPECT_EQ(concluded("compaction", left({}, 1)), "undecided");
}

}  // namespace
}  // namespace klab
