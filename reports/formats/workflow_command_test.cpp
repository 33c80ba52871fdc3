#include "reports/formats/workflow_command.hpp"

#include <gtest/gtest.h>

#include <string>

namespace klab {
namespace {

TEST(WorkflowCommand, IsOneLineThatTheRunnerObeys) {
  EXPECT_EQ(workflow_command("error", "A.stored-once", "3 records are not stored"),
            "::error title=A.stored-once::3 records are not stored\n");
}

TEST(WorkflowCommand, EscapesWhatWouldEndAPropertyOrTheLine) {
  EXPECT_EQ(workflow_command("error", "50 %: a,b", "first: 50 %, a\nsecond"),
            "::error title=50 %25%3A a%2Cb::first: 50 %25, a%0Asecond\n");
}

TEST(WorkflowCommand, IsNotEndedByAProgramsText) {
  const std::string line = workflow_command("notice", "x::y\r\n::error::z", "a\r::error::b\n::c::d\x1b[0m");
  EXPECT_EQ(line, "::notice title=x%3A%3Ay %3A%3Aerror%3A%3Az::a%0A::error::b%0A::c::d\n");
}

TEST(WorkflowCommand, OfTheOlderFormIsTakenApart) {
  EXPECT_EQ(without_bracket_commands("said ##[error]x, #\u200B[y] and a[0] ## [z]"),
            "said ## [error]x, #\u200B [y] and a[0] ## [z]");
}

TEST(WorkflowCommand, IsBounded) {
  const std::string line =
      workflow_command("error", std::string(1'000'000, 't'), std::string(1'000'000, ','));
  EXPECT_LT(line.size(), 5000u);
  EXPECT_NE(line.find("bytes left out"), std::string::npos);
}

}  // namespace
}  // namespace klab
