#include "runners/submission/line_pattern.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

std::string error_of(const std::string& expression) {
  try {
    LinePattern pattern(expression);
  } catch (const BadInput& error) {
    return error.what();
  }
  return "";
}

TEST(LinePattern, TakesKeyAndValueFromWhereverTheyAreInTheLine) {
  const LinePattern pattern("with key b?'(?<key>[^']*)' and value b'(?<value>.*)'");
  const auto match =
      pattern.match(R"(12:00 Consumed record with key b'7' and value b'{"a": "it's"}', total 3)");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->key, "7");
  EXPECT_EQ(match->value, R"({"a": "it's"})");
}

TEST(LinePattern, MatchesOrDoesNot) {
  const LinePattern pattern("^Got (?<value>.+)$");
  EXPECT_TRUE(pattern.match("Got it"));
  EXPECT_FALSE(pattern.match("I Got it"));
  EXPECT_FALSE(pattern.match("Got "));
  EXPECT_FALSE(pattern.match(""));
}

TEST(LinePattern, LeavesGroupsOutThatAreNotNamedOrDidNotTakePart) {
  const auto unnamed = LinePattern("a(b)").match("ab");
  ASSERT_TRUE(unnamed);
  EXPECT_FALSE(unnamed->key);
  EXPECT_FALSE(unnamed->value);

  const auto halved = LinePattern("(?<key>k)|(?<value>v)").match("k");
  ASSERT_TRUE(halved);
  EXPECT_EQ(halved->key, "k");
  EXPECT_FALSE(halved->value);

  const auto empty = LinePattern("(?<key>x*)(?<value>y*)").match("z");
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->key, "");
  EXPECT_EQ(empty->value, "");
}

TEST(LinePattern, SaysWhereAnExpressionIsWrong) {
  EXPECT_EQ(error_of("key (?<key>.*"),
            "not a regular expression, at character 14: missing closing parenthesis");
  EXPECT_EQ(error_of("a**+b*{2}["),
            "not a regular expression, at character 3: quantifier does not follow a repeatable item");
  EXPECT_EQ(error_of("(?<key>a)"), "");
}

TEST(LinePattern, GivesUpOnAPatternThatExplodes) {
  const LinePattern pattern("^(a+)+$");
  EXPECT_TRUE(pattern.match("aaaa"));
  EXPECT_FALSE(pattern.match(std::string(200, 'a') + "b"));
}

TEST(LinePattern, GivesUpOnALineTooLongToRememberItsWay) {
  const LinePattern pattern("^(?:(.)|x)*!(?<value>v)$");
  EXPECT_FALSE(pattern.match(std::string(5'000'000, 'a') + "!v"));
}

TEST(LinePattern, TakesBytesThatAreNoUtf8) {
  const auto match = LinePattern("value (?<value>.*) end").match("value \xFF\xC3( end");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->value, "\xFF\xC3(");
  const std::string zero("a\0b", 3);
  EXPECT_EQ(LinePattern("(?<value>a.b)").match(zero)->value, zero);
}

TEST(LinePattern, DoesNotMatchBytesThatAreNoUtf8WhereThePatternAsksForUtf8) {
  const LinePattern pattern("(*UTF)(?<value>.+)");
  EXPECT_EQ(pattern.match("\xC3\xA4")->value, "\xC3\xA4");
  EXPECT_FALSE(pattern.match("\xFF"));
}

}  // namespace
}  // namespace klab
