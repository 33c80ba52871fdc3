// What klab check and recheck give to others, as a user runs them: to Gradescope, to a job of GitHub, to
// students.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "cli/scratch_folder.hpp"
#include "runners/process/child_process.hpp"
#include "runners/process/run_command.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using nlohmann::json;

class KlabTells : public testing::Test {
 protected:
  KlabTells() {
    fs::create_directories(folder("submission"));
    manifest(R"({"programs": {"producer": "true", "consumer": "true"}})");
  }

  fs::path folder(const std::string& name) const { return folder_.path() / name; }

  void manifest(const std::string& text) { std::ofstream(folder("submission") / "submission.json") << text; }

  std::string check_command(const std::string& more) const {
    return fmt::format("{} check {} --broker process --section A --out {} {}", KLAB_EXECUTABLE,
                       folder("submission").string(), folder("run").string(), more);
  }

  CommandResult shell(const std::string& command) const {
    return run_command({"/bin/sh", "-c", command}, 120s);
  }

  json read(const fs::path& file) const { return json::parse(read_whole_file(file)); }

  ScratchFolder folder_;
};

TEST_F(KlabTells, GradescopeTheSameAsTheRunDirectory) {
  const fs::path results = folder("results.json");
  EXPECT_EQ(shell(check_command("--gradescope " + results.string())).status.exit_code, 1);
  EXPECT_EQ(read_whole_file(results), read_whole_file(folder("run") / "results.json"));
  EXPECT_EQ(read(results)["tests"].size(), 8u);
}

TEST_F(KlabTells, GradescopeWhyNothingWasGraded) {
  manifest("{");
  const fs::path results = folder("results.json");
  EXPECT_EQ(shell(check_command("--gradescope " + results.string())).status.exit_code, 64);
  EXPECT_NE(read(results)["output"].get<std::string>().find("nothing was graded: "), std::string::npos);
  EXPECT_EQ(read(results)["tests"].size(), 8u);
  EXPECT_EQ(read(results)["score"], 0);
}

TEST_F(KlabTells, GradescopeSomethingValidWhenItIsKilled) {
  manifest(R"({"programs": {"producer": "sleep 300", "consumer": "true"}})");
  const fs::path results = folder("results.json"), output = folder("output");
  const std::string command =
      "exec " + check_command("--gradescope " + results.string()) + " 2>" + output.string();
  ChildProcess klab({.argv = {"/bin/sh", "-c", command}, .environment = own_environment()});
  ASSERT_TRUE(eventually(
      [&] { return read_whole_file(output).find("the producer is running") != std::string::npos; }, 60s));
  kill(klab.pid(), SIGKILL);
  EXPECT_EQ(klab.finish().signal, SIGKILL);
  const json tests = read(results)["tests"];
  ASSERT_EQ(tests.size(), 8u);
  for (const json& test : tests) EXPECT_EQ(test["extra_data"]["outcome"], "not run") << test;
}

/// The commands that GitHub's runner obeys: those at the start of a line, and those in ##[], while none has
/// stopped it.
std::vector<std::string> obeyed_commands(const std::string& printed) {
  static const std::regex form(R"(^\s*::([a-z-]+)[ :].*|.*##\[([a-z-]+).*)");
  std::vector<std::string> obeyed;
  std::string token;
  std::istringstream lines(printed);
  std::smatch found;
  for (std::string line; std::getline(lines, line);) {
    if (!token.empty() && line == "::" + token + "::")
      token.clear();
    else if (token.empty() && line.starts_with("::stop-commands::"))
      token = line.substr(17);
    else if (token.empty() && std::regex_match(line, found, form))
      obeyed.push_back(line);
  }
  return obeyed;
}

TEST_F(KlabTells, AJobOfGitHubNothingThatASubmissionForges) {
  manifest(
      R"({"setup": "true\n::error::forged by setup\n##[error]forged",)"
      R"( "programs": {"producer": "printf '::error::forged\\n  ::notice title=Autograding report::forged\\n##[error]forged\\n'; exit 3",)"
      R"( "consumer": "echo '::add-path::/forged'; echo '::error::forged' >&2; exit 4"}})");
  const CommandResult result =
      shell("GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=" + folder("summary").string() +
            " GITHUB_OUTPUT=" + folder("out").string() + " " + check_command("--classroom 2>&1"));
  EXPECT_NE(result.output.find("forged"), std::string::npos) << result.output;
  const std::vector<std::string> obeyed = obeyed_commands(result.output);
  EXPECT_GT(obeyed.size(), 3u);
  const std::regex ours(
      "::(error|warning) title=(A\\.|not your fault%3A A\\.)[^:]*::.*|::notice title=(Data "
      "Transport|Autograding complete|Autograding report)::.*");
  for (const std::string& line : obeyed) EXPECT_TRUE(std::regex_match(line, ours)) << line;
  EXPECT_TRUE(fs::exists(folder("summary")));
  EXPECT_TRUE(read_whole_file(folder("out")).starts_with("result="));
}

TEST_F(KlabTells, AJobOfGitHubNothingThatAMalformedManifestForges) {
  manifest("{\"x\\n::error::forged\": 1, \"::error::\n##[error]forged");
  const CommandResult result = shell("GITHUB_ACTIONS=true " + check_command("2>&1"));
  EXPECT_EQ(result.status.exit_code, 64);
  const auto obeyed = obeyed_commands(result.output);
  EXPECT_EQ(obeyed.size(), 9u) << "one for each property, and the sum: " << result.output;
  for (const std::string& command : obeyed)
    EXPECT_TRUE(command.starts_with("::error title=A.") ||
                command.starts_with("::notice title=Data Transport"))
        << command;
}

/// With a lab that hides A.exits-zero, worth 1 of section A's 10 points.
class KlabHides : public KlabTells {
 protected:
  KlabHides() {
    fs::create_directories(folder("home") / "specs" / "data_transport");
    fs::create_directory_symlink(fs::path(KLAB_SOURCE_DIR) / "docker", folder("home") / "docker");
    const fs::path lab = fs::path("specs") / "data_transport" / "lab.json";
    json hiding = read(KLAB_SOURCE_DIR / lab);
    for (json& section : hiding["sections"])
      for (json& property : section["properties"])
        if (property["id"] == "A.exits-zero") property["visibility"] = "hidden";
    std::ofstream(folder("home") / lab) << hiding;
    home_ = fmt::format("KLAB_HOME={} ", folder("home").string());
    checked_ = shell(home_ + check_command("--gradescope " + folder("results.json").string()));
  }

  CommandResult recheck(const std::string& more) const {
    return shell(fmt::format("{}{} recheck {} {}", home_, KLAB_EXECUTABLE, folder("run").string(), more));
  }

  std::string home_;
  CommandResult checked_;
};

TEST_F(KlabHides, APropertyFromWhatItPrintsAndNotFromTheRunDirectory) {
  EXPECT_EQ(checked_.output.find("A.exits-zero"), std::string::npos) << checked_.output;
  EXPECT_NE(
      checked_.output.find("9 of 10 points are judged here; 1 hidden property worth 1 is told after the"),
      std::string::npos)
      << checked_.output;
  EXPECT_EQ(read(folder("run") / "run.json")["properties"]["A.exits-zero"], "pass");
  for (const json& test : read(folder("results.json"))["tests"])
    EXPECT_EQ(test["visibility"], test["extra_data"]["id"] == "A.exits-zero" ? "after_due_date" : "visible");
}

TEST_F(KlabHides, APropertyInTheStudentsViewOfASavedRun) {
  const CommandResult result = recheck("--view student --out " + folder("student").string());
  EXPECT_EQ(result.output.find("A.exits-zero"), std::string::npos) << result.output;
  for (const char* name : {"run.json", "report.html", "junit.xml", "summary.md"}) {
    const std::string text = read_whole_file(folder("student") / name);
    EXPECT_FALSE(text.empty()) << name;
    EXPECT_EQ(text.find("A.exits-zero"), std::string::npos) << name;
  }
  EXPECT_EQ(read(folder("student") / "run.json")["hidden"], (json{{"properties", 1}, {"points", 1.0}}));
  EXPECT_FALSE(fs::exists(folder("student") / "results.json"));
}

TEST_F(KlabHides, NothingFromStaff) {
  const CommandResult result = recheck("--view staff --out " + folder("staff").string());
  EXPECT_NE(result.output.find("PASS     A.exits-zero"), std::string::npos) << result.output;
  EXPECT_EQ(read(folder("staff") / "run.json")["properties"], read(folder("run") / "run.json")["properties"]);
  EXPECT_EQ(read(folder("staff") / "run.json")["seconds"], read(folder("run") / "run.json")["seconds"]);
  EXPECT_TRUE(fs::exists(folder("staff") / "results.json"));
}

}  // namespace
}  // namespace klab
