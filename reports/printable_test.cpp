#include "reports/printable.hpp"

#include <gtest/gtest.h>

#include <string>

#include "checks/json/utf8.hpp"

namespace klab {
namespace {

using namespace std::string_literals;

TEST(Printable, TakesColoursAndTitlesOutOfText) {
  EXPECT_EQ(without_ansi("\x1b[1;31mred\x1b[0m"), "red");
  EXPECT_EQ(without_ansi("\x1b]0;All tests passed\aok"), "ok");
  EXPECT_EQ(without_ansi("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"), "link");
  EXPECT_EQ(without_ansi("\x1b(Bplain\x1b"
                         "c"),
            "plain");
}

TEST(Printable, LosesNothingBehindASequenceThatNeverEnds) {
  EXPECT_EQ(without_ansi("\x1b]0;Traceback\nKeyError"), "]0;Traceback\nKeyError");
  EXPECT_EQ(without_ansi("\x1b[12"), "[12");
  EXPECT_EQ(without_ansi("end\x1b"), "end");
}

TEST(Printable, DropsWhatADocumentMayNotHold) {
  EXPECT_EQ(plain_text("a\0b\x07\x7F"s), "ab");
  EXPECT_EQ(plain_text("\u009B31m"), "31m");  // CSI in its one-character form
  EXPECT_EQ(plain_text("\uFFFE\uFFFF\U0001FFFFx"), "x");
  EXPECT_EQ(plain_text("pass\u202Eliaf"), "passliaf");
}

TEST(Printable, KeepsTabsNewlinesAndOtherScripts) { EXPECT_EQ(plain_text("\tbus 巴士\n🚌"), "\tbus 巴士\n🚌"); }

TEST(Printable, ReplacesInvalidUtf8) {
  EXPECT_EQ(plain_text("caf\xE9"), "caf"s + std::string(kReplacementText));
  EXPECT_EQ(visible_text("\xC3("), std::string(kReplacementText) + "(");
}

TEST(Printable, MakesALoneCarriageReturnANewLine) {
  EXPECT_EQ(plain_text("10 %\r20 %\r\ndone\r"), "10 %\n20 %\ndone\n");
}

TEST(Printable, SpellsOutWhatATerminalWouldObey) {
  EXPECT_EQ(visible_text("\x1b[2Jgone"), "\\x1b[2Jgone");
  EXPECT_EQ(visible_text("\0\u202E"s), "\\x00\\u202e");
}

TEST(Printable, LeavesNoControlByteForAnyInput) {
  std::string every_pair;
  for (int first = 0; first < 256; ++first)
    for (int second = 0; second < 256; ++second)
      every_pair += {'\x1b', static_cast<char>(first), static_cast<char>(second)};
  for (const std::string& text : {plain_text(every_pair), visible_text(every_pair)})
    for (char c : text) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t');
}

TEST(Printable, FoldsWhiteSpaceIntoOneLine) {
  EXPECT_EQ(one_line("  two\n\n lines\t"), "two lines");
  EXPECT_EQ(one_line(" \n"), "");
}

TEST(Printable, CutsTheMiddleAndSaysSo) {
  EXPECT_EQ(shortened("short", 10), "short");
  EXPECT_EQ(shortened("abcdefghijkl", 4), "ab [... 8 bytes left out ...] kl");
}

TEST(Printable, CutsBetweenCharacters) {
  const std::string cut = shortened("ééééééé", 5);
  EXPECT_EQ(cut, "é [... 10 bytes left out ...] é");
}

}  // namespace
}  // namespace klab
