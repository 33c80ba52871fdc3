#include "cli/usage_error.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

const std::vector<std::string> kWords{"check", "recheck", "--section", "--seed", "judge"};

TEST(NearestWord, IsTheOneThatWasMeant) {
  EXPECT_EQ(nearest_word("chekc", kWords), "check");
  EXPECT_EQ(nearest_word("--sectoin", kWords), "--section");
  EXPECT_EQ(nearest_word("--sections", kWords), "--section");
  EXPECT_EQ(nearest_word("recheck", kWords), "recheck");
}

TEST(NearestWord, IsNoneWhereTooMuchIsWrong) {
  EXPECT_EQ(nearest_word("grade", kWords), "");
  EXPECT_EQ(nearest_word("ju", kWords), "");
  EXPECT_EQ(nearest_word("", kWords), "");
}

class UsageError : public testing::Test {
 protected:
  UsageError() {
    app_.require_subcommand(1);
    CLI::App* check = app_.add_subcommand("check");
    check->add_option("DIR", folder_);
    check->add_option("--section", section_);
    check->add_option("--broker", section_)->check(CLI::IsMember({"auto", "process"}));
    CLI::App* claims = app_.add_subcommand("claims");
    claims->require_subcommand(1);
    claims->add_subcommand("verify")->add_option("REPORT", folder_)->required();
  }

  std::string line_for(const std::string& command_line) {
    try {
      app_.parse(command_line);
    } catch (const CLI::ParseError& error) {
      return usage_error(app_, error);
    }
    return "";
  }

  CLI::App app_{"", "klab"};
  std::string folder_, section_;
};

TEST_F(UsageError, NamesACommandThatWasMeant) {
  EXPECT_EQ(line_for("chekc"), "chekc: no such command; did you mean check?; see klab --help");
  EXPECT_EQ(line_for("fly"), "fly: no such command; see klab --help");
  EXPECT_EQ(line_for("claims verfy"), "verfy: no such command; did you mean verify?; see klab claims --help");
}

TEST_F(UsageError, NamesAFlagThatWasMeant) {
  EXPECT_EQ(line_for("check --sectoin A"),
            "--sectoin: klab check has no such flag; did you mean --section?; see klab check --help");
  EXPECT_EQ(line_for("check --sectoin=A"),
            "--sectoin: klab check has no such flag; did you mean --section?; see klab check --help");
  EXPECT_EQ(line_for("check --fast"), "--fast: klab check has no such flag; see klab check --help");
}

TEST_F(UsageError, SaysWhatIsMissing) {
  EXPECT_EQ(line_for(""), "expected a command: check, claims; see klab --help");
  EXPECT_EQ(line_for("claims"), "expected a command: verify; see klab claims --help");
  EXPECT_EQ(line_for("claims verify"), "REPORT is required; see klab claims verify --help");
}

TEST_F(UsageError, SaysWhatIsTooMuch) {
  EXPECT_EQ(line_for("check a b"), "b: more than klab check takes; see klab check --help");
}

TEST_F(UsageError, SaysWhatAValueMayBe) {
  EXPECT_EQ(line_for("check --broker cloud"), "--broker: cloud not in {auto,process}; see klab check --help");
}

}  // namespace
}  // namespace klab
