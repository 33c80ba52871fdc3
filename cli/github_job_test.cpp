#include "cli/github_job.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>

#include "cli/scratch_folder.hpp"
#include "reports/formats/summary.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

RunResult one_failure() {
  return {.lab = "L",
          .sections = {{.id = "A",
                        .properties = {{.id = "A.p",
                                        .points = 2,
                                        .outcome = PropertyOutcome::fail,
                                        .actual = "\n::error::forged"}}}}};
}

/// The environment of a step, of which the test's own process is the klab.
class GithubStep : public testing::Test {
 protected:
  GithubStep() {
    setenv("GITHUB_ACTIONS", "true", 1);
    setenv("GITHUB_STEP_SUMMARY", summary().c_str(), 1);
    setenv("GITHUB_OUTPUT", output().c_str(), 1);
  }
  ~GithubStep() override {
    for (const char* name : {"GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"}) unsetenv(name);
  }

  fs::path summary() const { return folder_.path() / "summary"; }
  fs::path output() const { return folder_.path() / "output"; }

  /// What is printed on stdout while a run is told.
  std::string told(GithubChoice choice, bool tells_points = false) {
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    {
      StoppedCommands commands(true);
      GithubJob{.choice = choice, .tells_points = tells_points, .commands = &commands}.tell(one_failure());
    }
    errors_ = testing::internal::GetCapturedStderr();
    return testing::internal::GetCapturedStdout();
  }

  ScratchFolder folder_;
  std::string errors_;
};

TEST_F(GithubStep, ObeysNothingButAnnotations) {
  const std::regex form(
      "::stop-commands::(klab-[0-9a-f]{32})\n::(klab-[0-9a-f]{32})::\n((?:::(?:error|notice) [^\n]*\n){2})"
      "::stop-commands::(klab-[0-9a-f]{32})\n::(klab-[0-9a-f]{32})::\n");
  const std::string text = told(GithubChoice::automatic);
  std::smatch parts;
  ASSERT_TRUE(std::regex_match(text, parts, form)) << text;
  EXPECT_EQ(parts[1], parts[2]);
  EXPECT_NE(parts[1], parts[4]) << "everybody knows a token that was used";
  EXPECT_EQ(parts[4], parts[5]) << "or the rest of the step would have no commands";
  EXPECT_EQ(errors_, "::stop-commands::" + parts[1].str() + "\n")
      << "a second might overtake what is on stdout";
}

TEST_F(GithubStep, FindsNoCommandInAMessage) {
  EXPECT_EQ(harmless_message("bad\n::error::x ##[add-path]y\x1b[0m"),
            "bad ::error::x ## [add-path]y\\x1b[0m");
  setenv("GITHUB_ACTIONS", "", 1);
  EXPECT_EQ(harmless_message("bad\n::error::x"), "bad\n::error::x");
}

TEST_F(GithubStep, GetsSummaryAndOutputs) {
  std::ofstream(output()) << "earlier=1\n";
  told(GithubChoice::automatic);
  EXPECT_EQ(read_whole_file(summary()), job_summary(one_failure()));
  const std::regex form("earlier=1\nresult=[A-Za-z0-9+/]+=*\nresult_A=[A-Za-z0-9+/]+=*\n");
  EXPECT_TRUE(std::regex_match(read_whole_file(output()), form)) << read_whole_file(output());
}

TEST_F(GithubStep, GetsNoMoreSummaryThanThereIsRoomFor) {
  std::ofstream(summary()) << std::string(kLongestSummary - 300, 'x');
  told(GithubChoice::automatic);
  EXPECT_LE(read_whole_file(summary()).size(), kLongestSummary);
  EXPECT_NE(read_whole_file(summary()).find("Cut here: "), std::string::npos);
}

TEST_F(GithubStep, TellsThePointsWhenAsked) {
  EXPECT_NE(told(GithubChoice::automatic, true).find("title=Autograding report::{\"totalPoints\":0,"),
            std::string::npos);
}

TEST_F(GithubStep, IsToldNothingWhenThatIsOffAndStillObeysNothing) {
  const std::string text = told(GithubChoice::off);
  EXPECT_TRUE(text.starts_with("::stop-commands::"));
  EXPECT_EQ(text.find("::error "), std::string::npos);
  EXPECT_FALSE(fs::exists(summary()));
  EXPECT_FALSE(fs::exists(output()));
}

TEST_F(GithubStep, SaysWhatCannotBeWritten) {
  setenv("GITHUB_OUTPUT", "/proc/klab/output", 1);
  told(GithubChoice::automatic);
  EXPECT_NE(errors_.find("GITHUB_OUTPUT: /proc/klab/output: cannot be written"), std::string::npos);
}

TEST_F(GithubStep, IsOnlyWhereGitHubRuns) {
  setenv("GITHUB_ACTIONS", "", 1);
  EXPECT_EQ(told(GithubChoice::automatic), "");
  EXPECT_EQ(errors_, "");
  EXPECT_FALSE(fs::exists(summary()));
  EXPECT_TRUE(told(GithubChoice::on).starts_with("::error title=A.p"));
}

}  // namespace
}  // namespace klab
