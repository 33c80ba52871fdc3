// klab class as a user runs it, against real brokers: a class of programs in shell, so that nothing waits for
// a setup. What it is killed in, and what it is spread over, may make no difference to the table.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "runners/process/child_process.hpp"
#include "runners/process/run_command.hpp"
#include "runners/process/test_folder.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using nlohmann::json;

class KlabClass : public testing::Test {
 protected:
  KlabClass() {
    submit("exits", R"({"programs": {"producer": "true", "consumer": "true"}})");
    submit("fails", R"({"programs": {"producer": "exit 1", "consumer": "true"}})");
    submit("=has no programs", R"({"programs": {"producer": "true"}})");
    submit("malformed", "{");
    fs::create_directories(submissions() / "empty");
  }

  void submit(const std::string& name, const std::string& manifest) const {
    folder_.write("submissions/" + name + "/submission.json", manifest);
  }

  fs::path submissions() const { return folder_ / "submissions"; }
  fs::path out() const { return folder_ / "class"; }

  std::string command(const fs::path& out, const std::string& more = "") const {
    return fmt::format("exec {} class {} --section A --broker process --out {} {}", KLAB_EXECUTABLE,
                       submissions().string(), out.string(), more);
  }

  CommandResult grade(const fs::path& out, const std::string& more = "") const {
    return run_command({"/bin/sh", "-c", command(out, more)}, 180s);
  }

  /// The table without its last column, which is how long each took.
  static std::string table(const fs::path& out) {
    std::istringstream csv(read_whole_file(out / "class.csv"));
    std::string text;
    for (std::string line; std::getline(csv, line);) text += line.substr(0, line.rfind(',')) + '\n';
    return text;
  }

  TestFolder folder_;
};

TEST_F(KlabClass, MakesAFolderWhereNoneIsNamed) {
  folder_.write("few/malformed/submission.json", "{");
  const std::string command = fmt::format("cd {} && exec {} class few --section A --broker process",
                                          folder_.path().string(), KLAB_EXECUTABLE);
  const CommandResult result = run_command({"/bin/sh", "-c", command}, 60s);
  EXPECT_NE(result.output.find("1 cannot be graded"), std::string::npos) << result.output;
  ASSERT_TRUE(fs::exists(folder_ / "klab-class"));
  const fs::path made = fs::directory_iterator(folder_ / "klab-class")->path();
  EXPECT_TRUE(fs::exists(made / "runs" / "malformed")) << made;
}

// A grade is of these files and by this lab, or none.
TEST_F(KlabClass, CollectsNoGradeOfFilesThatHaveChangedSince) {
  grade(out());
  submit("exits", R"({"programs": {"producer": "exit 2", "consumer": "true"}})");
  grade(out(), "--collect");
  EXPECT_NE(table(out()).find("\nexits,not graded yet,"), std::string::npos) << table(out());
}

TEST_F(KlabClass, GradesEveryFolderWhateverIsWrongWithOthers) {
  const CommandResult result = grade(out());
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("3 of 5 submissions graded, 2 cannot be graded"), std::string::npos)
      << result.output;
  const std::string rows = table(out());
  EXPECT_NE(rows.find("\nexits,graded,1,10,1,1,2,5,0,0,"), std::string::npos) << rows;
  EXPECT_NE(rows.find("\nfails,graded,0,10,0,0,3,5,0,0,"), std::string::npos) << rows;
  EXPECT_NE(rows.find("\n\"'=has no programs\",graded,1,10,"), std::string::npos) << rows;
  EXPECT_NE(rows.find("\nmalformed,cannot be graded,,,"), std::string::npos) << rows;
  pugi::xml_document page;
  EXPECT_TRUE(page.load_file((out() / "class.html").c_str()));
  EXPECT_TRUE(fs::exists(out() / "runs" / "exits" / "report.html"));
}

TEST_F(KlabClass, LetsBrokersLiveWhereThoseOfEarlierSubmissionsDid) {
  grade(out(), "--jobs 1");
  EXPECT_TRUE(fs::exists(out() / "broker.log"));
  EXPECT_FALSE(fs::exists(out() / "runs/exits/broker.log")) << "it had a JVM of its own";
  EXPECT_NE(table(out()).find("\nexits,graded,1,10,"), std::string::npos) << table(out());
}

TEST_F(KlabClass, GradesAgainWhatTheGraderFellShortOf) {
  grade(out());
  const fs::path run = out() / "runs/exits/run.json";
  const std::string first = read_whole_file(run);
  json with_error = json::parse(first);
  with_error["errors"]["A.sample-file"] = "the broker is gone";
  folder_.write("class/runs/exits/run.json", with_error.dump());
  const CommandResult collected = grade(out(), "--collect");
  EXPECT_EQ(collected.status.exit_code, 2);
  EXPECT_NE(table(out()).find("the grader fell short of A.sample-file"), std::string::npos);
  EXPECT_EQ(grade(out()).status.exit_code, 1);
  EXPECT_EQ(json::parse(read_whole_file(run))["properties"], json::parse(first)["properties"]);
  EXPECT_TRUE(json::parse(read_whole_file(run))["errors"].empty());
}

TEST_F(KlabClass, GradesNothingTwiceUnlessItHasChanged) {
  grade(out());
  const std::string first = read_whole_file(out() / "runs/exits/run.json");
  const std::string other = read_whole_file(out() / "runs/fails/run.json");
  submit("exits", R"({"programs": {"producer": "true", "consumer": "exit 3"}})");
  grade(out());
  EXPECT_NE(read_whole_file(out() / "runs/exits/run.json"), first);
  EXPECT_EQ(read_whole_file(out() / "runs/fails/run.json"), other);
}

TEST_F(KlabClass, EndsWithTheSameTableAfterItWasKilled) {
  grade(out());
  const fs::path killed = folder_ / "killed";
  for (const char* moment : {"runs/fails", "runs/exits"}) {
    ChildProcess klab(
        {.argv = {"/bin/sh", "-c", command(killed, "--jobs 1")}, .environment = own_environment()});
    ASSERT_TRUE(eventually([&] { return fs::exists(killed / moment) || !klab.is_running(); }, 120s));
    kill(klab.pid(), SIGKILL);
    klab.finish();
  }
  const std::string kept = read_whole_file(killed / "runs/exits/run.json");
  ASSERT_FALSE(kept.empty());
  grade(killed);
  EXPECT_EQ(table(killed), table(out()));
  EXPECT_EQ(read_whole_file(killed / "runs/exits/run.json"), kept);
  EXPECT_TRUE(fs::is_empty(killed / "grading"));
}

TEST_F(KlabClass, GoesOnWhenAGradingIsKilled) {
  submit("waits", R"({"programs": {"producer": "sleep 300", "consumer": "true"}})");
  ChildProcess klab({.argv = {"/bin/sh", "-c", command(out())}, .environment = own_environment()});
  const auto the_grading = [&] {
    return run_command({"pgrep", "-f", "^[^ ]*klab check ./waits .*" + out().string()}, 10s).output;
  };
  ASSERT_TRUE(eventually([&] { return !the_grading().empty(); }, 60s));
  kill(std::stoi(the_grading()), SIGKILL);
  ASSERT_TRUE(klab.wait(120s));
  EXPECT_EQ(klab.finish().exit_code, 2);
  const std::string rows = table(out());
  EXPECT_NE(rows.find("\nwaits,grader failed,,,"), std::string::npos) << rows;
  EXPECT_NE(rows.find("klab check ended with signal 9"), std::string::npos) << rows;
  EXPECT_NE(rows.find("\nexits,graded,1,10,"), std::string::npos) << rows;
}

TEST_F(KlabClass, StopsInOrderAndSaysHowToGoOn) {
  submit("waits", R"({"programs": {"producer": "sleep 300", "consumer": "true"}})");
  const fs::path output = folder_ / "output";
  ChildProcess klab({.argv = {"/bin/sh", "-c", command(out()) + " 2>" + output.string()},
                     .environment = own_environment()});
  ASSERT_TRUE(eventually([&] { return fs::exists(out() / "runs/fails"); }, 120s));
  kill(klab.pid(), SIGINT);
  ASSERT_TRUE(klab.wait(40s));
  EXPECT_EQ(klab.finish().exit_code, 2);
  EXPECT_NE(read_whole_file(output).find("the same command goes on from here"), std::string::npos);
  EXPECT_NE(table(out()).find("\nwaits,not graded yet,"), std::string::npos) << table(out());
  EXPECT_EQ(json::parse(read_whole_file(out() / "class.json"))["finished"], false);
}

TEST_F(KlabClass, GivesTheSameTableTaskByTask) {
  grade(out());
  const fs::path apart = folder_ / "apart";
  EXPECT_EQ(grade(apart, "--plan slurm").status.exit_code, 0);
  for (int task = 1; task <= 5; ++task) grade(apart, fmt::format("--only {}", task));
  const CommandResult collected = run_command(
      {KLAB_EXECUTABLE, "class", submissions().string(), "--out", apart.string(), "--collect"}, 30s);
  EXPECT_EQ(collected.status.exit_code, 1) << collected.output;
  EXPECT_EQ(table(apart), table(out()));
}

TEST_F(KlabClass, HidesOtherSubmissionsFromPrograms) {
  submit("copies", fmt::format(R"({{"programs": {{"producer": "cd {} && ls; cd {} && ls * || true"}}}})",
                               submissions().string(), out().string()));
  grade(out(), "--sandbox namespace");
  // Of the class's folder no more than the way to the run that hides itself.
  const std::string seen = read_whole_file(out() / "runs/copies/sections/A/programs/producer-1.out");
  EXPECT_TRUE(seen.starts_with("copies\n")) << seen;
  for (const char* other : {"exits", "malformed", "runs", "class.csv", "check.log"})
    EXPECT_EQ(seen.find(other), std::string::npos) << seen;
}

}  // namespace
}  // namespace klab
