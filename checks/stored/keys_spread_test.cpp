#include "checks/stored/keys_spread.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::string_literals;

/// Keys in partition 0, each as often as it says.
HistoryOf stored(const std::vector<std::pair<std::optional<std::string>, int>>& counts) {
  HistoryOf history("t", 1);
  history.sample(1);
  std::int64_t offset = 0;
  for (const auto& [key, count] : counts)
    for (int i = 0; i < count; ++i) history.stored(0, offset++, 0).with_key(key);
  return history;
}

Verdict judge(const HistoryOf& history) { return keys_spread(history, "t", {"1", "2", "3", "4", "5"}); }

TEST(KeysSpread, HoldsForKeysThatAreDealtOutOrDrawn) {
  EXPECT_EQ(name_of(judge(stored({{"1", 5}, {"2", 5}, {"3", 5}, {"4", 5}, {"5", 5}}).drained()).outcome),
            "holds");
  const Verdict verdict =
      judge(stored({{"1", 214}, {"2", 178}, {"3", 203}, {"4", 190}, {"5", 215}}).drained());
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "the keys of 1000 messages");
  EXPECT_EQ(verdict.actual, "1: 214, 2: 178, 3: 203, 4: 190, 5: 215");
}

TEST(KeysSpread, TakesIntegersForTheirText) {
  EXPECT_EQ(
      name_of(judge(stored({{"\0\0\0\1"s, 5}, {"2", 5}, {"\0\0\0\3"s, 5}, {"4", 5}, {"\0\0\0\0\0\0\0\5"s, 5}})
                        .drained())
                  .outcome),
      "holds");
}

TEST(KeysSpread, RefutesKeysFromZeroToFour) {
  const History history = stored({{"1", 10}, {"2", 10}, {"3", 10}, {"4", 10}, {"0", 9}}).drained();
  const Verdict verdict = keys_spread(history, "t", {"1", "2", "3", "4", "5"});
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "9 of 49 messages have another key, or none");
  EXPECT_EQ(evidence_count(verdict), 9u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[40]));
  EXPECT_EQ(verdict.evidence[0].note, "the record at partition 0 offset 40 has the key \"0\"");
}

TEST(KeysSpread, RefutesOneRecordWithoutAKey) {
  const Verdict verdict = judge(stored({{"1", 5}, {std::nullopt, 1}}).drained());
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.evidence[0].note, "the record at partition 0 offset 5 has the key none");
}

TEST(KeysSpread, RefutesAKeyThatIsNeverUsed) {
  const Verdict verdict = judge(stored({{"1", 7}, {"2", 7}, {"3", 7}, {"4", 7}}).drained());
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "no record has the key 5 (1: 7, 2: 7, 3: 7, 4: 7, 5: 0)");
}

// 1000 records, one key used 130 times: p is about 4e-7; 140 times: 1.3e-5.
TEST(KeysSpread, RefutesOnlyWhatChanceHardlyEverDoes) {
  const auto with = [](int one) {
    return stored({{"1", one},
                   {"2", 250 - one / 4},
                   {"3", 250 - one / 4},
                   {"4", 250 - one / 4},
                   {"5", 250 - one / 4}})
        .drained();
  };
  EXPECT_EQ(name_of(judge(with(120)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(with(148)).outcome), "holds");
}

// What a thousand calls of coreutils 9.1's shuf gave.
TEST(KeysSpread, IsUndecidedWhereAPoorSourceOfRandomNumbersMayBeToBlame) {
  const Verdict verdict =
      judge(stored({{"1", 176}, {"2", 187}, {"3", 125}, {"4", 252}, {"5", 260}}).drained());
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(
      verdict.actual,
      "the keys are not used evenly, but as evenly as a poor source of random numbers makes them (1: 176, 2: "
      "187, 3: 125, 4: 252, 5: 260)");
  EXPECT_EQ(
      name_of(judge(stored({{"1", 168}, {"2", 168}, {"3", 168}, {"4", 168}, {"5", 328}}).drained()).outcome),
      "refuted");
}

TEST(KeysSpread, IsUndecidedWhereThereIsTooLittleToCount) {
  EXPECT_EQ(judge(stored({}).drained()).actual, "0 messages are too few to tell how often keys are used");
  EXPECT_EQ(name_of(judge(stored({{"1", 24}}).drained()).outcome), "undecided");
  EXPECT_EQ(judge(stored({{"1", 40}})).actual, "topic t was not read to its end");
}

}  // namespace
}  // namespace klab
