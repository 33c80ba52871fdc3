#include "runners/submission/command_line.hpp"

#include <gtest/gtest.h>

#include "runners/process/run_command.hpp"

namespace klab {
namespace {

const Placeholders kKnown{{"topic", "breadcrumbs-4f2a"}, {"data", "/tmp/a b/bc's.json"}, {"records", "1000"}};

TEST(FillIn, PutsValuesInForNames) {
  EXPECT_EQ(fill_in("python3 p.py -t {topic} -n {records}", kKnown),
            "python3 p.py -t breadcrumbs-4f2a -n 1000");
  EXPECT_EQ(fill_in("{topic}{topic}", kKnown), "breadcrumbs-4f2abreadcrumbs-4f2a");
  EXPECT_EQ(fill_in("", kKnown), "");
}

TEST(FillIn, QuotesValuesForTheShell) {
  EXPECT_EQ(fill_in("cat {data}", kKnown), R"(cat '/tmp/a b/bc'\''s.json')");
}

TEST(FillIn, LeavesOtherBracesAlone) {
  for (const std::string command : {"awk '{print $1}' f", "echo ${HOME} ${topic_} ${topic}",
                                    "find . -exec cat {} ;", "echo {unknown} { topic } {topic", "}{", "{"})
    EXPECT_EQ(fill_in(command, kKnown), command);
}

TEST(FillIn, FindsANameBehindABraceThatIsNotItsOwn) {
  EXPECT_EQ(fill_in("awk '{ print \"{topic}\" }'", kKnown), "awk '{ print \"breadcrumbs-4f2a\" }'");
  EXPECT_EQ(fill_in("{{topic}}", kKnown), "{breadcrumbs-4f2a}");
}

TEST(FillIn, DoesNotFillInWhatAValueHolds) {
  EXPECT_EQ(fill_in("{a} {b}", {{"a", "{b}"}, {"b", "1"}}), "'{b}' 1");
}

TEST(ShellWord, IsPlainWhereThatIsSafe) {
  for (const std::string word : {"a", "127.0.0.1:9092", "/tmp/x_y-z.json", "a=b,c@d%e+f"})
    EXPECT_EQ(shell_word(word), word);
}

TEST(ShellWord, IsOneWordToAShellWhateverItHolds) {
  for (const std::string text : {"", " ", "a b", "it's", "''", "$HOME `id` $(id)", "a\\b", "\"x\"", "*", "~",
                                 "a\nb", "; rm x #", "!x", "\xFF"})
    EXPECT_EQ(
        run_command({"/bin/sh", "-c", "printf '%s|' " + shell_word(text)}, std::chrono::seconds(30)).output,
        text + "|");
}

}  // namespace
}  // namespace klab
