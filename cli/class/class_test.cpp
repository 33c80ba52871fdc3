// What klab class keeps, and what it says of it; no broker is needed for that.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "checks/errors.hpp"
#include "cli/check/run_directory.hpp"
#include "cli/check/submission_grading.hpp"
#include "cli/class/class_jobs.hpp"
#include "cli/class/class_progress.hpp"
#include "cli/class/class_row.hpp"
#include "cli/class/class_scale_out.hpp"
#include "cli/class_directory.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

const ClassChoices kChoices{.lab = "data_transport", .broker = "auto", .sandbox = "auto"};

RunResult half_right() {
  return {.lab = "Lab",
          .seconds = 12.5,
          .sections = {
              {.id = "A",
               .properties =
                   {{.id = "A.p", .points = 2, .outcome = PropertyOutcome::pass},
                    {.id = "A.q", .points = 1, .outcome = PropertyOutcome::error, .actual = "no broker"}}},
              {.id = "B", .properties = {{.id = "B.p", .points = 4, .outcome = PropertyOutcome::fail}}}}};
}

TEST(ClassRow, IsReadFromTheRunDirectory) {
  const TestFolder folder;
  RunDirectory(folder / "run", "lab").write(half_right(), {.is_finished = true});
  const ClassRow row = read_class_row(folder / "run", "ada");
  EXPECT_EQ(row.state, GradingState::graded);
  EXPECT_EQ(row.points, 2);
  EXPECT_EQ(row.of, 7);
  EXPECT_EQ(row.seconds, 12.5);
  EXPECT_EQ(row.run, "runs/ada");
  ASSERT_EQ(row.sections.size(), 2u);
  EXPECT_EQ(row.sections[0].points, 2);
  EXPECT_EQ(row.sections[1].of, 4);
  ASSERT_EQ(row.outcomes.size(), 3u);
  EXPECT_EQ(row.outcomes[2], std::pair(std::string("B.p"), PropertyOutcome::fail));
  ASSERT_EQ(row.errors.size(), 1u);
  EXPECT_EQ(row.errors[0], std::pair(std::string("A.q"), std::string("no broker")));
}

TEST(ClassRow, IsNotGradedWhereThereIsNothing) {
  EXPECT_EQ(read_class_row("/nowhere/at/all", "ada").state, GradingState::not_graded);
}

TEST(ClassRow, SaysWhyAFolderCannotBeGraded) {
  const TestFolder folder;
  write_grading_end(folder.path(),
                    {.ended = "ended with exit code 64", .is_refusal = true, .reason = "no manifest"});
  const ClassRow row = read_class_row(folder.path(), "ada");
  EXPECT_EQ(row.state, GradingState::refused);
  EXPECT_EQ(row.reason, "no manifest");
}

TEST(ClassRow, SaysHowAGradingWasBrokenOff) {
  const TestFolder folder;
  RunDirectory(folder / "run", "lab").write(half_right(), {.is_finished = false});
  write_grading_end(folder / "run", {.ended = "ended with signal 9"});
  const ClassRow row = read_class_row(folder / "run", "ada");
  EXPECT_EQ(row.state, GradingState::broken_off);
  EXPECT_EQ(row.reason, "klab check ended with signal 9: it left no word; check.log has all it said");
}

TEST(ClassRow, IsTheGradersErrorWhereARunCannotBeRead) {
  const TestFolder folder;
  folder.write("run.json", R"({"finished": true, "points": "all"})");
  EXPECT_EQ(read_class_row(folder.path(), "ada").state, GradingState::broken_off);
}

class ClassFolder : public testing::Test {
 protected:
  ClassFolder() { fs::create_directories(submissions() / "ada"); }
  fs::path submissions() const { return folder_ / "submissions"; }
  fs::path out() const { return folder_ / "class"; }

  TestFolder folder_;
};

TEST_F(ClassFolder, IsMadeAndGoneOnWith) {
  EXPECT_FALSE(ClassDirectory(out(), submissions(), kChoices).was_there());
  const ClassDirectory again(out(), submissions(), kChoices);
  EXPECT_TRUE(again.was_there());
  EXPECT_EQ(ClassDirectory(out(), submissions()).choices(), kChoices);
}

TEST_F(ClassFolder, IsNotGoneOnWithInAnotherWay) {
  const ClassDirectory made(out(), submissions(), kChoices);
  ClassChoices other = kChoices;
  other.sections = {"A"};
  EXPECT_THROW(ClassDirectory(out(), submissions(), other), BadInput);
}

TEST_F(ClassFolder, IsNotMadeAmongOtherThings) {
  folder_.write("class/thesis.txt", "mine");
  EXPECT_THROW(ClassDirectory(out(), submissions(), kChoices), BadInput);
  EXPECT_THROW(ClassDirectory(out(), submissions()), BadInput);
}

TEST_F(ClassFolder, IsGradedByOneKlabAtATime) {
  ClassDirectory first(out(), submissions(), kChoices), second(out(), submissions(), kChoices);
  first.own();
  EXPECT_THROW(second.own(), BadInput);
}

TEST_F(ClassFolder, LosesWhatAKilledKlabLeftUnderWay) {
  ClassDirectory directory(out(), submissions(), kChoices);
  fs::create_directories(directory.attempts() / "1-left" / "run" / "sections");
  directory.own();
  EXPECT_TRUE(fs::is_empty(directory.attempts()));
}

TEST_F(ClassFolder, HasASubmissionForEachFolder) {
  for (const char* name : {"bob", "-rf", ".git", "klab-class", "klab-runs", "out"})
    fs::create_directories(submissions() / name);
  folder_.write("submissions/notes.txt", "no submission");
  fs::create_symlink("/nowhere", submissions() / "eve");
  EXPECT_EQ(list_class(submissions(), submissions() / "out"),
            (std::vector<std::string>{"-rf", "ada", "bob"}));
  EXPECT_EQ(left_out_of_class(submissions()), (std::vector<std::string>{"eve", "notes.txt"}));
}

TEST_F(ClassFolder, IsNoSubmissionItself) {
  folder_.write("submissions/submission.json", "{}");
  EXPECT_THROW(list_class(submissions(), out()), BadInput);
  EXPECT_THROW(list_class(submissions() / "ada", out()), BadInput);
  EXPECT_THROW(list_class(folder_ / "nowhere", out()), BadInput);
}

TEST_F(ClassFolder, IsSpreadOverAJobArray) {
  ClassChoices choices = kChoices;
  choices.sections = {"A", "D"};
  const ClassDirectory directory(out(), submissions(), choices);
  const std::string script = slurm_script(directory, submissions(), {"ada", "bob"});
  EXPECT_NE(script.find("#SBATCH --array=1-2\n"), std::string::npos) << script;
  EXPECT_NE(script.find("--section A --section D --only \"$SLURM_ARRAY_TASK_ID\"\n"), std::string::npos)
      << script;
}

TEST(CiMatrix, HasAJobForEachSubmission) {
  const json matrix = json::parse(ci_matrix({"ada", "o'\"\xFF"}));
  ASSERT_EQ(matrix["include"].size(), 2u);
  EXPECT_EQ(matrix["include"][0], json({{"only", 1}, {"submission", "ada"}}));
  EXPECT_EQ(matrix["include"][1]["only"], 2);
}

TEST(ClassJobs, AreAsManyAsCoresAndMemoryAllow) {
  constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
  EXPECT_EQ(jobs_for(2, 64 * kGiB, 9), 8u);
  EXPECT_EQ(jobs_for(16, 8 * kGiB, 9), 4u);
  EXPECT_EQ(jobs_for(16, 8 * kGiB, 1), 40u);
  EXPECT_EQ(jobs_for(2, kGiB, 9), 1u);
  EXPECT_EQ(jobs_for(0, 0, 0), 1u);
}

/// How many are started within so long, none of which ends.
std::size_t admitted_in(std::chrono::seconds time, Admission admission) {
  std::size_t under_way = 0;
  for (Clock::duration at{}; at <= time; at += std::chrono::milliseconds(100))
    under_way += admission.admits(under_way, Clock::time_point(at));
  return under_way;
}

TEST(Admission, IsOfAsManyAsThereAreJobs) {
  EXPECT_EQ(admitted_in(60s, Admission(8, 2, [] { return 1; })), 8u);
}

TEST(Admission, WaitsToSeeWhatEachTakes) {
  EXPECT_EQ(admitted_in(0s, Admission(8, 2, [] { return 1; })), 1u);
  EXPECT_EQ(admitted_in(12s, Admission(8, 2, [] { return 1; })), 4u);
  EXPECT_EQ(admitted_in(1s, Admission(64, 16, [] { return 1; })), 3u) << "which is less on many cores";
}

TEST(Admission, IsOfOneWhereTheMachineIsOverrun) {
  EXPECT_EQ(admitted_in(60s, Admission(8, 2, [] { return 20; })), 1u);
}

TEST(Admission, GoesOnWhenTheMachineHasRoomAgain) {
  int seen = 0;
  EXPECT_EQ(admitted_in(60s, Admission(8, 2, [&] { return ++seen < 300 ? 20 : 1; })), 8u);
}

TEST(Admission, IsNotOfOneMoreForAMomentOfQuiet) {
  int seen = 0;
  EXPECT_EQ(admitted_in(60s, Admission(8, 2, [&] { return ++seen % 10 == 0 ? 1 : 20; })), 1u);
}

TEST(ClassProgress, SaysWhatIsLeftAsIfItWentOnLikeThis) {
  EXPECT_EQ(time_left(0, 40, 10), "");
  EXPECT_EQ(time_left(10, 30, 100), "about 5 min left");
  EXPECT_EQ(time_left(30, 10, 100), "about 30 s left");
  EXPECT_EQ(time_left(40, 0, 100), "");
}

TEST(ClassProgress, DrawsABarOfOneWidth) {
  EXPECT_EQ(bar(0, 4, 8), "[........]");
  EXPECT_EQ(bar(3, 4, 8), "[######..]");
  EXPECT_EQ(bar(4, 4, 8), "[########]");
}

}  // namespace
}  // namespace klab
