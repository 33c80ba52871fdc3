#include "reports/run_result.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

#include "reports/sample_run.hpp"

namespace klab {
namespace {

RunResult run_of(std::initializer_list<PropertyOutcome> outcomes) {
  SectionResult section;
  for (PropertyOutcome outcome : outcomes) section.properties.push_back({.points = 2, .outcome = outcome});
  return {.sections = {section}};
}

TEST(RunResult, TalliesEveryOutcomeAndAllPoints) {
  const Tally total = tally(sample_run());
  EXPECT_EQ(total.passed, 4);
  EXPECT_EQ(total.failed, 6);
  EXPECT_EQ(total.skipped, 1);
  EXPECT_EQ(total.errors, 1);
  EXPECT_EQ(total.not_run, 1);
  EXPECT_EQ(total.points, 4.5);
  EXPECT_EQ(total.of, 22);
}

TEST(RunResult, GivesPointsForPassesOnlyButCountsAllInTheDenominator) {
  using enum PropertyOutcome;
  const Tally total = tally(run_of({pass, fail, skipped, error, not_run}));
  EXPECT_EQ(total.points, 2);
  EXPECT_EQ(total.of, 10);
}

TEST(RunResult, RequiresTheSameOfEverySubmission) {
  using enum PropertyOutcome;
  RunResult run = run_of({pass, fail, skipped, error, not_run});
  run.sections.push_back({.properties = {{.points = 7, .outcome = pass}}, .is_optional = true});
  EXPECT_EQ(required_points(run), 10);
  run.sections[0].properties.pop_back();
  run.sections[0].withheld = 1;
  run.sections[0].withheld_points = 2;
  EXPECT_EQ(required_points(run), 10);
}

TEST(RunResult, ExitsWithZeroOnlyWhenAllWasJudgedAndHolds) {
  using enum PropertyOutcome;
  EXPECT_EQ(exit_code(run_of({pass, pass})), 0);
  EXPECT_EQ(exit_code(run_of({pass, fail, error})), 1);
  EXPECT_EQ(exit_code(run_of({pass, error})), 2);
  EXPECT_EQ(exit_code(run_of({pass, not_run})), 2);
  EXPECT_EQ(exit_code(run_of({pass, skipped})), 2);
}

TEST(RunResult, NeverTakesNothingJudgedForSuccess) { EXPECT_EQ(exit_code(run_of({})), 2); }

TEST(RunResult, ListsPropertiesOfAnOutcomeInTheirOrder) {
  const RunResult run = sample_run();
  const auto failed = properties_with(run, PropertyOutcome::fail);
  ASSERT_EQ(failed.size(), 6u);
  EXPECT_EQ(failed.front()->id, "A.stored-once");
  EXPECT_EQ(failed.back()->id, "G.flush-each");
}

}  // namespace
}  // namespace klab
