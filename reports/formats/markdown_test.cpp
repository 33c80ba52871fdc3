#include "reports/formats/markdown.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

TEST(Markdown, LeavesPlainWordsAlone) {
  EXPECT_EQ(markdown_line("997 records, 3 not at all; 4.5 s - flush()?"),
            "997 records, 3 not at all; 4.5 s - flush\\(\\)?");
}

TEST(Markdown, MakesMarkupPlain) {
  EXPECT_EQ(markdown_line("**a** `b` [c](d) | e"), "\\*\\*a\\*\\* \\`b\\` \\[c\\]\\(d\\) \\| e");
  EXPECT_EQ(markdown_line("<script>&amp;"), "&lt;script&gt;&amp;amp;");
  EXPECT_EQ(markdown_line("\\|"), "\\\\\\|");
}

TEST(Markdown, IsOneLine) { EXPECT_EQ(markdown_line("a\n# b\r\n| - |\n"), "a \\# b \\| - \\|"); }

}  // namespace
}  // namespace klab
