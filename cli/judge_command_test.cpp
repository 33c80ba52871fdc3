// klab judge as a user runs it: on the example histories, and on what it cannot read.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/scratch_folder.hpp"
#include "runners/process/run_command.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

const fs::path kHistories = fs::path(KLAB_SOURCE_DIR) / "fixtures/histories";

CommandResult judge(const fs::path& folder, std::vector<std::string> arguments) {
  std::vector<std::string> argv{"/bin/sh",       "-c",   "cd \"$0\" && exec \"$@\"", folder.string(),
                                KLAB_EXECUTABLE, "judge"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return run_command(argv, 30s);
}

/// An example history, judged by the policy beside it where it has one.
CommandResult judge_example(const std::string& name) {
  std::vector<std::string> arguments{name + ".jsonl"};
  if (fs::exists(kHistories / (name + ".policy.json")))
    arguments.insert(arguments.end(), {"--policy", name + ".policy.json"});
  return judge(kHistories, arguments);
}

void expect_as_recorded(const std::string& name, int exit_code) {
  const CommandResult result = judge_example(name);
  EXPECT_EQ(result.status.exit_code, exit_code) << name;
  const fs::path golden = kHistories / (name + ".judgement.json");
  if (std::getenv("KLAB_APPROVE") != nullptr) std::ofstream(golden) << result.output;
  EXPECT_EQ(result.output, read_whole_file(golden)) << name;
}

TEST(JudgeCommand, FindsNothingInALegalHandover) { expect_as_recorded("legal_handover", 0); }

TEST(JudgeCommand, FindsNothingInLegalTransactions) { expect_as_recorded("legal_transactions", 0); }

TEST(JudgeCommand, FindsALostAndADoubledRecord) { expect_as_recorded("lost_and_doubled", 1); }

TEST(JudgeCommand, FindsWhatTwoOwnersDo) { expect_as_recorded("two_owners", 1); }

TEST(JudgeCommand, SaysThatAHistoryLacksWhatThePolicyRequires) { expect_as_recorded("nothing_aborted", 2); }

class BadInputToJudge : public testing::Test {
 protected:
  void expect_refused(const std::string& history, const std::string& line) {
    std::ofstream(folder_.path() / "h.jsonl") << history;
    const CommandResult result = judge(folder_.path(), {"h.jsonl"});
    EXPECT_EQ(result.status.exit_code, 64);
    EXPECT_EQ(result.output, "klab: " + line + "\n");
  }

  ScratchFolder folder_;
};

const std::string kHeader = R"({"klab":"history","version":1})"
                            "\n";

TEST_F(BadInputToJudge, IsAFieldOfTheWrongType) {
  expect_refused(kHeader + R"({"event":"send","id":"a","topic":"t","offset":"7"})",
                 "h.jsonl:2: field \"offset\": expected a whole number, got \"7\"");
}

TEST_F(BadInputToJudge, IsAFieldThatIsMissing) {
  expect_refused(kHeader + R"({"event":"poll","member":"c","records":[]})",
                 "h.jsonl:2: field \"at_us\" is missing");
}

TEST_F(BadInputToJudge, IsAWordThatIsNone) {
  expect_refused(kHeader + R"({"event":"send","id":"a","topic":"t","outcome":"ok"})",
                 "h.jsonl:2: field \"outcome\": expected acked, failed or unknown, got \"ok\"");
}

TEST_F(BadInputToJudge, IsAnEventThatMakesNoSenseBesideTheOthers) {
  expect_refused(kHeader + R"({"event":"joined","group":"g","member":"c","at_us":1})" + "\n" +
                     R"({"event":"joined","group":"h","member":"c","at_us":1})" + "\n" +
                     R"({"event":"poll","member":"c","at_us":2,"records":[]})",
                 "h.jsonl:4: field \"group\": expected a group, since member c is in both g and h");
}

TEST_F(BadInputToJudge, IsAFileThatIsNone) {
  EXPECT_EQ(judge(folder_.path(), {"h.jsonl"}).output, "klab: h.jsonl: cannot be opened\n");
  EXPECT_EQ(judge(folder_.path(), {"h.jsonl", "--policy", "p.json"}).output,
            "klab: p.json: no such file; expected a policy\n");
  expect_refused("", "h.jsonl: empty, expected a history");
}

/// Every JSON line of the chapter is one that klab reads, and every field of it one that it knows.
TEST_F(BadInputToJudge, IsNothingThatTheDocumentShows) {
  const std::string document = read_whole_file(fs::path(KLAB_SOURCE_DIR) / "docs/history.md");
  const std::size_t begin = document.find("## Judging a history"), end = document.find("### The policy");
  std::ofstream history(folder_.path() / "h.jsonl");
  history << kHeader;
  std::size_t examples = 0;
  std::istringstream lines(document.substr(begin, end - begin));
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("{\"event\"")) {
      history << line << "\n";
      ++examples;
    }
  history.close();
  const CommandResult result = judge(folder_.path(), {"h.jsonl"});
  EXPECT_GT(examples, 15u);
  EXPECT_EQ(nlohmann::json::parse(result.output)["passed_over"].size(), 0u) << result.output;
}

}  // namespace
}  // namespace klab
