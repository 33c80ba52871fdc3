#include "reports/wrapped_text.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

using Lines = std::vector<std::string>;

TEST(WrappedText, BreaksBetweenWords) {
  EXPECT_EQ(wrapped("every record is stored once", 12), (Lines{"every record", "is stored", "once"}));
}

TEST(WrappedText, BreaksInsideAWordOnlyWhenItIsLongerThanALine) {
  EXPECT_EQ(wrapped("see abcdefgh now", 5), (Lines{"see", "abcde", "fgh", "now"}));
}

TEST(WrappedText, MakesOneEmptyLineOfNothing) { EXPECT_EQ(wrapped(" \n ", 10), Lines{""}); }

TEST(WrappedText, CountsColumnsAndNotBytes) { EXPECT_EQ(wrapped("éé éé 巴士", 5), (Lines{"éé éé", "巴士"})); }

TEST(WrappedText, NeverBreaksACharacter) { EXPECT_EQ(wrapped("巴士", 1), (Lines{"巴", "士"})); }

TEST(WrappedText, PadsToColumns) {
  EXPECT_EQ(padded("é", 3), "é  ");
  EXPECT_EQ(padded("long", 3), "long");
}

}  // namespace
}  // namespace klab
