#include "checks/json/json_shape.hpp"

#include <gtest/gtest.h>

#include <string>

namespace klab {
namespace {

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST(NestsTooDeep, DrawsTheLineAtTheDeepestAllowed) {
  EXPECT_FALSE(nests_too_deep(nested(kDeepestJson)));
  EXPECT_TRUE(nests_too_deep(nested(kDeepestJson + 1)));
  EXPECT_TRUE(nests_too_deep("{\"a\":" + nested(kDeepestJson) + "}"));
}

TEST(NestsTooDeep, CountsObjectsAsWell) { EXPECT_TRUE(nests_too_deep(std::string(kDeepestJson + 1, '{'))); }

TEST(NestsTooDeep, CountsLevelsAndNotBrackets) {
  std::string flat;
  for (int i = 0; i < 1000; ++i) flat += "[{}],";
  EXPECT_FALSE(nests_too_deep(flat));
}

TEST(NestsTooDeep, PassesOverBracketsInTexts) {
  const std::string brackets(1000, '[');
  EXPECT_FALSE(nests_too_deep("[\"" + brackets + "\"]"));
  EXPECT_FALSE(nests_too_deep("[\"\\\"" + brackets + "\"]"));
  EXPECT_TRUE(nests_too_deep("[\"\\\\\"," + brackets));  // the text ends before them
}

TEST(NestsTooDeep, TakesTextThatIsNoJson) {
  for (const std::string text : {"", "\"", "\\", "\"\\", "]]]]", "}"})
    EXPECT_FALSE(nests_too_deep(text)) << text;
  EXPECT_TRUE(nests_too_deep(std::string(1000, ']') + std::string(kDeepestJson + 1, '[')));
}

}  // namespace
}  // namespace klab
