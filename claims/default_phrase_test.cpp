#include "claims/default_phrase.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

using Values = std::vector<std::string>;

Values defaults_of(const std::string& setting, const ValueSlot& slot, const std::string& sentence) {
  const DefaultPhrase phrase{.setting = Phrase(setting, {}, {}, "test"),
                             .value = Phrase("{value}", {}, slot, "test")};
  const std::vector<Word> words = words_of(sentence);
  const auto markers = Phrase("(by default | default | out of box)", {}, {}, "test").find_all(words);
  Values values;
  for (const PhraseMatch& match : defaults_in(words, phrase, markers)) values.push_back(match.value);
  return values;
}

Values acks_in(const std::string& sentence) {
  return defaults_of("acks", {.words = {{"all", {"all", "-1"}}, {"1", {"1"}}, {"0", {"0"}}}}, sentence);
}

Values linger_in(const std::string& sentence) {
  return defaults_of("linger.ms", {.quantity = Quantity::duration, .unit = "ms"}, sentence);
}

TEST(DefaultPhraseTest, ReadsAnyOrder) {
  for (const char* sentence :
       {"acks defaults to all.", "By default acks is all.", "all is the default of acks",
        "acks=all (default)", "acks (default: -1)", "Setting acks, Default all",
        "acks | string | default = all", "The default acks: all"})
    EXPECT_EQ(acks_in(sentence), Values{"all"}) << sentence;
}

TEST(DefaultPhraseTest, NeedsSettingMarkerAndValue) {
  for (const char* sentence : {"acks is all", "the default is all", "acks has a default", ""})
    EXPECT_EQ(acks_in(sentence), Values()) << sentence;
}

TEST(DefaultPhraseTest, TakesTheValueBesideTheMarkerOfSeveral) {
  EXPECT_EQ(acks_in("acks can be 0, 1 or all; the default is something else"), Values());
  EXPECT_EQ(acks_in("acks: 0 does not wait, -1 (default) waits for all, 1 for the leader"), Values{"all"});
  EXPECT_EQ(acks_in("acks, default value 1, recommended value all"), Values{"1"});
  EXPECT_EQ(acks_in("acks: 0 or 1 by default"), Values{"1"});
}

TEST(DefaultPhraseTest, PassesOverWhatItWas) {
  EXPECT_EQ(linger_in("The default of linger.ms has gone from 0 to 5."), Values{"5 ms"});
  EXPECT_EQ(linger_in("linger.ms is 5 ms by default instead of 0 ms."), Values{"5 ms"});
  EXPECT_EQ(acks_in("acks default: all, valid values: 0, 1, all"), Values{"all"});
}

TEST(DefaultPhraseTest, LeavesOtherSettingsTheirValues) {
  const char* kNumbers = "16 KB batch.size default, 0 ms linger.ms default, 32 MB buffer.memory default";
  EXPECT_EQ(linger_in(kNumbers), Values{"0 ms"});
  EXPECT_EQ(linger_in("linger.ms and retry.backoff.ms, which is 100 ms by default"), Values());
}

TEST(DefaultPhraseTest, FindsEachMention) {
  EXPECT_EQ(acks_in("The default of acks is 1; the default of acks is all."), (Values{"1", "all"}));
}

}  // namespace
}  // namespace klab
