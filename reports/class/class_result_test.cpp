#include "reports/class/class_result.hpp"

#include <gtest/gtest.h>

#include "reports/class/sample_class.hpp"

namespace klab {
namespace {

ClassResult class_of(std::vector<ClassRow> rows) { return {.rows = std::move(rows)}; }

const ClassRow kGraded{.state = GradingState::graded}, kRefused{.state = GradingState::refused},
    kBrokenOff{.state = GradingState::broken_off}, kNotGraded{},
    kWithError{.state = GradingState::graded, .errors = {{"A.p", "why"}}};

TEST(ClassResult, CountsEachStateOnce) {
  const ClassTally total = tally(sample_class());
  EXPECT_EQ(total.graded, 4u);
  EXPECT_EQ(total.with_errors, 1u);
  EXPECT_EQ(total.refused, 1u);
  EXPECT_EQ(total.broken_off, 1u);
  EXPECT_EQ(total.not_graded, 1u);
}

TEST(ClassResult, CountsWhatBecameOfAProperty) {
  EXPECT_EQ(count(sample_class(), "D.ran-together", PropertyOutcome::fail), 2u);
  EXPECT_EQ(count(sample_class(), "D.ran-together", PropertyOutcome::error), 0u);
  EXPECT_EQ(count(sample_class(), "D.no-such", PropertyOutcome::fail), 0u);
}

TEST(ClassResult, LeavesOutOfTheSharesWhatWasNotGraded) {
  EXPECT_EQ(shares(sample_class()).size(), 3u) << "nor those of which the grader fell short";
  EXPECT_EQ(shares(sample_class()).back(), 1.0);
}

TEST(ClassResult, TakesTheMedianOfTheMiddle) {
  EXPECT_EQ(median({}), 0);
  EXPECT_EQ(median({0.5}), 0.5);
  EXPECT_EQ(median({0, 0.25, 0.75, 1}), 0.5);
}

TEST(ClassResult, EndsWellWhenEveryFolderWasGraded) { EXPECT_EQ(exit_code(class_of({kGraded})), 0); }

TEST(ClassResult, EndsWithOneWhenAFolderCannotBeGraded) {
  EXPECT_EQ(exit_code(class_of({kGraded, kRefused})), 1);
}

TEST(ClassResult, EndsWithTwoWhenTheGraderFellShort) {
  for (const ClassRow& row : {kBrokenOff, kNotGraded, kWithError})
    EXPECT_EQ(exit_code(class_of({kGraded, kRefused, row})), 2) << name_of(row.state);
}

}  // namespace
}  // namespace klab
