#include "claims/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace klab {
namespace {

std::string plain(const std::string& sentence) {
  std::vector<std::string> words;
  for (const Word& word : words_of(sentence)) words.push_back(word.plain);
  return fmt::format("{}", fmt::join(words, " "));
}

TEST(Words, TakeNamesOfSettingsAsOne) {
  EXPECT_EQ(plain("Set linger.ms, or linger_ms."), "set linger.ms , or linger.ms");
  EXPECT_EQ(plain("__consumer_offsets"), "__consumer.offsets");
  EXPECT_EQ(plain("acks=all, acks = -1"), "acks = all , acks = -1");
}

TEST(Words, TakeCallsByTheirNames) { EXPECT_EQ(plain("producer.flush() blocks"), "producer flush() blocks"); }

TEST(Words, SpellOutWhatIsShortened) {
  EXPECT_EQ(plain("It doesn't, can't and won't"), "it does not , can not and will not");
  EXPECT_EQ(plain("It doesn\u2019t"), "it does not");
  EXPECT_EQ(plain("the producer's"), "the producer");
}

TEST(Words, TakeCompoundsApart) {
  EXPECT_EQ(plain("at-least-once, round-robin"), "at least once , round robin");
  EXPECT_EQ(plain("roundrobin insync"), "round robin in sync");
}

TEST(Words, ReadNumbers) { EXPECT_EQ(plain("5,000 ms in 3.0 or -1"), "5000 ms in 3.0 or -1"); }

TEST(Words, ReadNoMatterAsNoNegation) { EXPECT_EQ(plain("no matter what"), "regardless what"); }

TEST(Words, ReadAComparisonAsOneMark) { EXPECT_EQ(plain("key==null"), "key = null"); }

TEST(Words, ReadWhetherOrNotAsNoNegation) {
  EXPECT_EQ(plain("deleted whether or not read"), "deleted whether regardless read");
  EXPECT_EQ(plain("decides whether or not it waits"), "decides whether or not it waits");
}

TEST(Words, AreComparedWithoutTheirEndings) {
  EXPECT_EQ(stem_of("partitions"), stem_of("partition"));
  EXPECT_EQ(stem_of("storing"), stem_of("stores"));
  EXPECT_EQ(stem_of("sent"), stem_of("sending"));
  EXPECT_EQ(stem_of("retries"), stem_of("retry"));
  EXPECT_EQ(stem_of("dropped"), stem_of("drops"));
  EXPECT_NE(stem_of("read"), stem_of("ready"));
  EXPECT_EQ(stem_of("linger.ms"), "linger.ms");
}

TEST(Words, SurviveAnyBytes) {
  EXPECT_TRUE(words_of("").empty());
  EXPECT_FALSE(words_of("\xff\xfe \xe2\x80 a'\xe2\x80\x99").empty());
  words_of("() -- (((");
}

}  // namespace
}  // namespace klab
