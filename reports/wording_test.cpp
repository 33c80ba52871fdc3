#include "reports/wording.hpp"

#include <gtest/gtest.h>

#include <string>

namespace klab {
namespace {

TEST(Wording, SumsUpARunInOneSentence) {
  EXPECT_EQ(summary_sentence({.passed = 9, .failed = 1, .points = 11, .of = 12}),
            "9 of 10 properties hold, 1 failed; 11 of 12 points");
}

TEST(Wording, TellsOutcomesWithoutTheScore) {
  EXPECT_EQ(outcome_sentence({.passed = 9, .failed = 1, .points = 11, .of = 12}),
            "9 of 10 properties hold, 1 failed");
}

TEST(Wording, NamesOnlyOutcomesThatHappened) {
  EXPECT_EQ(summary_sentence({.passed = 1, .points = 2, .of = 2}), "1 of 1 property holds; 2 of 2 points");
  EXPECT_EQ(summary_sentence({.skipped = 2, .errors = 1, .not_run = 3, .of = 6}),
            "0 of 6 properties hold, 2 skipped, 1 error of the grader, 3 not run; 0 of 6 points");
}

TEST(Wording, SaysWhatAViewLeavesOut) {
  RunResult run{.sections = {{.properties = {{.points = 51}}}, {.withheld = 3, .withheld_points = 9}}};
  EXPECT_EQ(withheld_sentence(run),
            "51 of 60 points are judged here; 3 hidden properties worth 9 are told after the deadline");
  run.sections[1].withheld = 1;
  EXPECT_EQ(withheld_sentence(run),
            "51 of 60 points are judged here; 1 hidden property worth 9 is told after the deadline");
  run.sections.pop_back();
  EXPECT_EQ(withheld_sentence(run), "");
}

TEST(Wording, SaysWhatNobodyHasJudged) {
  using enum PropertyOutcome;
  EXPECT_EQ(open_sentence({.sections = {{.properties = {{.points = 2, .outcome = error}, {.points = 1}}}}}),
            "3 points are open: 2 properties could not be judged, which is not the submission's fault");
  EXPECT_EQ(open_sentence({.sections = {{.properties = {{.points = 2, .outcome = fail}}}}}), "");
}

TEST(Wording, WritesPointsWithoutNeedlessDecimals) {
  EXPECT_EQ(points_text(2), "2");
  EXPECT_EQ(points_text(1.5), "1.5");
  EXPECT_EQ(points_text(0.1 + 0.2), "0.3");
}

TEST(Wording, RemarksTheKindOfAFailureOnlyWhenItSaysMore) {
  EXPECT_EQ(kind_remark({.outcome = PropertyOutcome::fail, .kind = FailKind::timeout}), "timeout");
  EXPECT_EQ(kind_remark({.outcome = PropertyOutcome::fail, .kind = FailKind::refuted}), "");
  EXPECT_EQ(kind_remark({.outcome = PropertyOutcome::pass, .kind = FailKind::timeout}), "");
}

TEST(Wording, PointsAtLinesOfTheHistory) {
  EXPECT_EQ(place_in_history({.lines = {12, 15}}), "lines 12, 15 of history.jsonl");
  EXPECT_EQ(place_in_history({.lines = {7}}), "line 7 of history.jsonl");
  EXPECT_EQ(place_in_history({.lines = {7}}, "sections/A"), "line 7 of sections/A/history.jsonl");
  EXPECT_EQ(place_in_history({}), "");
  EXPECT_EQ(place_in_history({.lines = std::vector<std::size_t>(30, 5)}),
            "lines 5, 5, 5, 5, 5, 5, 5, 5 and 22 more of history.jsonl");
}

TEST(Wording, GivesAReasonEvenWhereNoneWasRecorded) {
  EXPECT_EQ(reason_line({.outcome = PropertyOutcome::not_run}), "the run ended before this was judged");
  EXPECT_EQ(reason_line({.outcome = PropertyOutcome::fail, .actual = " two\nlines "}), "two lines");
}

TEST(Wording, BoundsAFieldThatAStudentMadeHuge) {
  EXPECT_LT(field_line(std::string(5'000'000, 'x')).size(), kLongestField + 100);
}

}  // namespace
}  // namespace klab
