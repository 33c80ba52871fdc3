#include "reports/formats/classroom.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "reports/golden.hpp"
#include "reports/sample_run.hpp"
#include "reports/view.hpp"
#include "reports/wide_sample_run.hpp"

namespace klab {
namespace {

using nlohmann::json;

RunResult run_of(PropertyOutcome outcome) {
  return {.sections = {{.properties = {{.id = "A.x", .claim = "c", .points = 2, .outcome = outcome}}}}};
}

json test_of(PropertyOutcome outcome) { return json::parse(classroom_json(run_of(outcome)))["tests"][0]; }

TEST(Classroom, MatchesItsGolden) {
  const RunResult run = viewed(wide_sample_run(), View::student);
  EXPECT_TRUE(matches_golden("classroom.json", json::parse(classroom_json(run)).dump(2) + "\n"));
  EXPECT_TRUE(matches_golden("classroom-notices.txt", classroom_notices(run)));
}

TEST(Classroom, GivesEachOutcomeItsStatus) {
  using enum PropertyOutcome;
  EXPECT_EQ(test_of(pass)["status"], "pass");
  EXPECT_EQ(test_of(pass)["score"], 2);
  EXPECT_EQ(test_of(fail)["status"], "fail");
  EXPECT_EQ(test_of(skipped)["status"], "fail");
  EXPECT_EQ(test_of(error)["status"], "error");
  EXPECT_EQ(test_of(not_run)["status"], "error");
  EXPECT_EQ(test_of(not_run)["message"], "not your fault: the run ended before this was judged");
}

TEST(Classroom, AlwaysHasTheLabsMaximum) {
  using enum PropertyOutcome;
  for (const PropertyOutcome outcome : {pass, fail, skipped, error, not_run})
    EXPECT_EQ(json::parse(classroom_json(run_of(outcome)))["max_score"], 2);
  EXPECT_EQ(json::parse(classroom_json(RunResult{}))["max_score"], 0);
  EXPECT_EQ(json::parse(classroom_json(RunResult{}))["status"], "error");
}

TEST(Classroom, KeepsHiddenPointsInTheMaximum) {
  const json staff = json::parse(classroom_json(wide_sample_run()));
  const json student = json::parse(classroom_json(viewed(wide_sample_run(), View::student)));
  EXPECT_EQ(student["max_score"], staff["max_score"]);
  EXPECT_EQ(student.dump().find("unlucky"), std::string::npos);
}

TEST(Classroom, IsAResultForEachSection) {
  const json storage = json::parse(classroom_json(sample_run().sections[1]));
  EXPECT_EQ(storage["max_score"], 5.5);
  EXPECT_EQ(storage["status"], "fail");
  EXPECT_EQ(storage["tests"].size(), 3u);
}

TEST(Classroom, LeavesOutWhatWasLeftOut) {
  const json monitoring = json::parse(classroom_json(wide_sample_run().sections[4]));
  EXPECT_EQ(monitoring["tests"].size(), 0u);
  EXPECT_EQ(monitoring["max_score"], 0);
}

TEST(Classroom, TellsThePointsInBothNotices) {
  EXPECT_EQ(classroom_notices(run_of(PropertyOutcome::pass)),
            "::notice title=Autograding complete::Points 2/2\n"
            "::notice title=Autograding report::{\"totalPoints\":2,\"maxPoints\":2}\n");
}

TEST(Classroom, FitsIntoAnEnvironmentVariable) {
  RunResult run{.sections = {{}}};
  const std::string text(10'000, '"');
  for (int i = 0; i < 53; ++i)
    run.sections[0].properties.push_back(
        {.id = text, .claim = text, .points = 1, .outcome = PropertyOutcome::fail, .actual = text});
  EXPECT_LT(classroom_json(run).size(), 96u * 1024);
}

}  // namespace
}  // namespace klab
