#pragma once

#include <gtest/gtest.h>

#include "checks/verdict/verdict.hpp"
#include "specs/section_run.hpp"

namespace klab {

/// The only place where a verdict meets GoogleTest.
inline testing::AssertionResult holds_in_history(const char*, const Verdict& verdict) {
  SectionRun::current().judged(verdict);
  if (verdict.outcome == Outcome::holds) return testing::AssertionSuccess();
  return testing::AssertionFailure() << render_text(verdict);
}

}  // namespace klab

/// One to a TEST: what the check says is what the report says of the property.
#define EXPECT_HOLDS(verdict) EXPECT_PRED_FORMAT1(::klab::holds_in_history, (verdict))
