#include "cli/completion.hpp"

#include <gtest/gtest.h>

#include "cli/klab_for_tests.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

class CompletionTest : public testing::Test {
 protected:
  CompletionTest() {
    CLI::App* check = app_.add_subcommand("check", "Grade; see docs");
    check->add_option("DIR", text_)->type_name("");
    check->add_option("--section", text_)->type_name("SECTION");
    check->add_option("--broker", text_, "where")->check(CLI::IsMember({"auto", "process"}));
    check->add_option("--out", text_)->type_name("DIR");
    check->add_flag("--json", flag_);
    check->add_option("--brokers-of-klabs-own", text_)->group("");
    CLI::App* claims = app_.add_subcommand("claims");
    claims->add_subcommand("verify")->add_option("REPORT", text_)->type_name("");
    app_.add_subcommand("judge")->add_option("HISTORY", text_)->type_name("");
  }

  std::string lines(const std::vector<std::string>& words) {
    return completion_lines(complete(app_, words, {{"SECTION", [] {
                                                      return std::vector<std::string>{"A", "B"};
                                                    }}}));
  }

  CLI::App app_{"", "klab"};
  std::string text_;
  bool flag_ = false;
};

TEST_F(CompletionTest, OffersCommandsWithTheirDescriptions) {
  EXPECT_EQ(lines({"ch"}), "check\tGrade\n");
  EXPECT_EQ(lines({""}), "check\tGrade\nclaims\njudge\n");
  EXPECT_EQ(lines({}), "check\tGrade\nclaims\njudge\n");
  EXPECT_EQ(lines({"claims", ""}), "verify\n");
}

TEST_F(CompletionTest, OffersFlagsAndTheirValues) {
  EXPECT_EQ(lines({"check", "--b"}), "--broker\twhere\n");
  EXPECT_EQ(lines({"check", "--broker", ""}), "auto\nprocess\n");
  EXPECT_EQ(lines({"check", "--broker", "p"}), "process\n");
  EXPECT_EQ(lines({"check", "--broker=p"}), "--broker=process\n");
  EXPECT_EQ(lines({"check", "--broker", "=", "p"}), "process\n");
  EXPECT_EQ(lines({"check", "--broker", "="}), "auto\nprocess\n");
  EXPECT_EQ(lines({"check", "--section", ""}), "A\nB\n");
  EXPECT_EQ(lines({"check", "--section", "A", "--section", "B"}), "B\n");
}

TEST_F(CompletionTest, LeavesFoldersAndFilesToTheShell) {
  EXPECT_EQ(lines({"check", ""}), ":folders\n");
  EXPECT_EQ(lines({"check", "--json", ""}), ":folders\n");
  EXPECT_EQ(lines({"check", "--out", "x"}), ":folders\n");
  EXPECT_EQ(lines({"judge", ""}), ":files\n");
  EXPECT_EQ(lines({"claims", "verify", ""}), ":files\n");
}

TEST_F(CompletionTest, OffersNothingWhereNothingMayStand) {
  EXPECT_EQ(lines({"check", "a", ""}), "");
  EXPECT_EQ(lines({"nonsense", ""}), "check\tGrade\nclaims\njudge\n");
  EXPECT_EQ(lines({"check", "--", "--b"}), ":folders\n");
}

/// What bash has in COMPREPLY after a press of the key, with klab's own script sourced.
std::string pressed_in_bash(const std::filesystem::path& folder, const std::string& words) {
  const std::string command =
      "source <(\"$klab\" completion bash); compopt() { :; }; COMP_WORDS=(\"$klab\" " + words +
      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _klab \"$klab\"; printf '%s\\n' \"${COMPREPLY[@]}\" | sort";
  return in_shell(folder, command, "/bin/bash").output;
}

TEST(CompletionInBash, CompletesCommandsFlagsSectionsNamesAndFolders) {
  const TestFolder folder;
  std::filesystem::create_directories(folder / "ana smith");
  std::filesystem::create_directories(folder / "bob");
  folder.write("file", "");
  EXPECT_EQ(pressed_in_bash(folder.path(), "rec"), "recheck\n");
  EXPECT_EQ(pressed_in_bash(folder.path(), "check --sec"), "--section\n");
  EXPECT_EQ(pressed_in_bash(folder.path(), "check --section ''"), "A\nB\nC\nD\nE\nF\nG\nH\nI\n");
  EXPECT_EQ(pressed_in_bash(folder.path(), "check ''"), "ana smith\nbob\n");
  EXPECT_EQ(pressed_in_bash(folder.path(), "selftest reference/p"), "reference/python\n");
  EXPECT_EQ(pressed_in_bash(folder.path(), "check --sandbox = n"), "namespace\nnone\n");
  EXPECT_EQ(pressed_in_bash(folder.path(), "completion ''"), "bash\nfish\nzsh\n");
}

TEST(CompletionScript, IsPrintedForEachShell) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const CommandResult result = in_shell("/", std::string("\"$klab\" completion ") + shell);
    EXPECT_EQ(result.status.exit_code, 0);
    EXPECT_EQ(result.output, completion_script(shell));
  }
}

}  // namespace
}  // namespace klab
