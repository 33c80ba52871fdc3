#include "reports/view.hpp"

#include <gtest/gtest.h>

#include "reports/formats/annotations.hpp"
#include "reports/formats/classroom.hpp"
#include "reports/formats/junit.hpp"
#include "reports/formats/summary.hpp"
#include "reports/golden.hpp"
#include "reports/html/html.hpp"
#include "reports/sample_run.hpp"
#include "reports/terminal/terminal.hpp"
#include "reports/wide_sample_run.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

/// Every text that a student is given of a run.
std::string all_reports(const RunResult& run) {
  return terminal_report(run, {}) + junit_xml(run) + html_report(run) + job_summary(run) + annotations(run) +
         classroom_json(run);
}

TEST(View, ShowsStaffAll) {
  const RunResult run = viewed(wide_sample_run(), View::staff);
  EXPECT_EQ(run.sections.back().properties.size(), 3u);
  EXPECT_EQ(run.sections.back().withheld, 0);
  EXPECT_NE(all_reports(run).find("unlucky"), std::string::npos);
}

TEST(View, LeavesOutWhatIsHiddenFromStudents) {
  const RunResult run = viewed(wide_sample_run(), View::student);
  ASSERT_EQ(run.sections.back().properties.size(), 1u);
  EXPECT_EQ(run.sections.back().withheld, 2);
  EXPECT_EQ(run.sections.back().withheld_points, 9);
  EXPECT_EQ(all_reports(run).find("unlucky"), std::string::npos);
}

TEST(View, IsSaidToBeOneAboveAllElseOfThePage) {
  const RunResult run = viewed(wide_sample_run(), View::student);
  const std::string page = html_report(run);
  EXPECT_LT(page.find(withheld_sentence(run)), page.find("<h2"));
}

TEST(View, MatchesItsGoldenInJunit) {
  EXPECT_TRUE(matches_golden("junit-student.xml", junit_xml(viewed(wide_sample_run(), View::student))));
}

TEST(View, TellsHonestTotals) {
  const RunResult run = viewed(wide_sample_run(), View::student);
  ASSERT_FALSE(run.notes.empty());
  EXPECT_EQ(run.notes[0],
            "27 of 36 points are judged here; 2 hidden properties worth 9 are told after the deadline");
  EXPECT_EQ(tally(run).of, 27);
  EXPECT_EQ(tally(run).points, 8.5);
  EXPECT_EQ(required_points(run), required_points(wide_sample_run()));
}

TEST(View, IsTheSameHoweverAHiddenPropertyCameOut) {
  RunResult passed = wide_sample_run(), failed = wide_sample_run();
  passed.sections.back().properties[1].outcome = PropertyOutcome::pass;
  failed.sections.back().properties[2].outcome = PropertyOutcome::error;
  EXPECT_EQ(all_reports(viewed(passed, View::student)), all_reports(viewed(failed, View::student)));
  EXPECT_EQ(exit_code(viewed(passed, View::student)), exit_code(viewed(failed, View::student)));
}

TEST(View, ChangesNothingWhereNothingIsHidden) {
  EXPECT_EQ(all_reports(viewed(sample_run(), View::student)), all_reports(sample_run()));
}

}  // namespace
}  // namespace klab
