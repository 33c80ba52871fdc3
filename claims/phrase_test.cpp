#include "claims/phrase.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

const Lexicon kGroups{{"message", {"message", "record"}}, {"circle", {"@circle"}}};

bool stands_in(const std::string& phrase, const std::string& sentence) {
  return Phrase(phrase, kGroups, {}, "test").find(words_of(sentence)).has_value();
}

std::string value_in(const std::string& phrase, const ValueSlot& slot, const std::string& sentence) {
  const auto match = Phrase(phrase, kGroups, slot, "test").find(words_of(sentence));
  return match ? match->value : "none";
}

std::string refusal_of(const std::string& phrase) {
  try {
    Phrase(phrase, kGroups, {}, "a.json");
    return "";
  } catch (const BadInput& error) {
    return error.what();
  }
}

TEST(Phrases, FindWordsInAnyForm) {
  EXPECT_TRUE(stands_in("send record", "It is sending records."));
  EXPECT_FALSE(stands_in("send record", "It is sending many records."));
}

TEST(Phrases, PassOverArticles) { EXPECT_TRUE(stands_in("read partition", "reads the partition")); }

TEST(Phrases, LeaveGapsWithinAClause) {
  EXPECT_TRUE(stands_in("key ~ partition", "a key always goes to a partition"));
  EXPECT_FALSE(stands_in("key ~ partition", "one two key a1 b2 c3 d4 e5 partition"));
  EXPECT_TRUE(stands_in("key ~~ partition", "one two key a1 b2 c3 d4 e5 partition"));
  EXPECT_FALSE(stands_in("key ~ partition", "has a key; a partition"));
  EXPECT_FALSE(stands_in("key ~ partition", "has a key but a partition"));
}

TEST(Phrases, ChooseBetweenWays) {
  EXPECT_TRUE(stands_in("(a b | c) d", "x c d"));
  EXPECT_TRUE(stands_in("no (message | record)? key", "no key"));
  EXPECT_TRUE(stands_in("@message key", "the record's key"));
  EXPECT_FALSE(stands_in("@message key", "the batch's key"));
}

TEST(Phrases, TakeTheValueThatStandsThere) {
  const ValueSlot acks{.words = {{"all", {"all", "-1"}}, {"1", {"1", "one"}}}};
  EXPECT_EQ(value_in("acks default ~ {value}", acks, "acks defaults to -1"), "all");
  EXPECT_EQ(value_in("acks default ~ {value}", acks, "acks defaults to one"), "1");
  EXPECT_EQ(value_in("acks default ~ {value}", acks, "acks defaults to 2"), "none");
  EXPECT_EQ(value_in("wait {value}", {.quantity = Quantity::duration}, "waits 2 minutes"), "2 min");
}

TEST(Phrases, KnowWhichWordsAreTheirs) {
  const auto match =
      Phrase("key ~ partition", kGroups, {}, "test").find(words_of("the key goes to a partition"));
  ASSERT_TRUE(match);
  EXPECT_EQ(match->words, (std::vector<std::size_t>{1, 5}));
}

TEST(Phrases, SayWhatIsWrongWithThem) {
  EXPECT_EQ(refusal_of("(a | b"), "a.json: phrase \"(a | b\": expected a ) for every (");
  EXPECT_EQ(refusal_of("a )"), "a.json: phrase \"a )\": expected as many ( as )");
  EXPECT_EQ(refusal_of("@nobody"),
            "a.json: phrase \"@nobody\": expected a group of the lexicon, got @nobody");
  EXPECT_EQ(refusal_of("{what}"), "a.json: phrase \"{what}\": expected the slot {value}");
  EXPECT_NE(refusal_of("@circle").find("in a circle"), std::string::npos);
}

}  // namespace
}  // namespace klab
