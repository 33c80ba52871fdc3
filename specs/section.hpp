#pragma once

#include <gtest/gtest.h>

#include <string>

#include "checks/errors.hpp"
#include "specs/section_run.hpp"

namespace klab {

/// A section of a lab: `Self` has a `static void play(Stage&)` that runs once, and TESTs that judge its
/// history.
template <typename Self>
struct Section : testing::Test {
  static void SetUpTestSuite() { SectionRun::current().play(&Self::play); }

  /// What happened. Throws HarnessError, which makes the TEST the grader's error, when the play failed.
  static const History& history() { return SectionRun::current().history(); }

  /// The section's topic, where it has one.
  static const std::string& topic() {
    if (history().topics.empty()) throw HarnessError("the section created no topic");
    return history().topics.front().name;
  }
};

}  // namespace klab
