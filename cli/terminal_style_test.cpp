#include "cli/terminal_style.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace klab {
namespace {

/// Without either variable; what decides then is whether stdout is a terminal.
class TerminalColour : public testing::Test {
 protected:
  TerminalColour() {
    unsetenv("NO_COLOR");
    unsetenv("CLICOLOR_FORCE");
  }
  ~TerminalColour() override {
    unsetenv("NO_COLOR");
    unsetenv("CLICOLOR_FORCE");
  }
};

TEST_F(TerminalColour, IsForcedByTheFlagAndByTheVariable) {
  choose_colour("always");
  EXPECT_TRUE(terminal_style().colour);
  choose_colour("never");
  EXPECT_FALSE(terminal_style().colour);
  unsetenv("NO_COLOR");
  setenv("CLICOLOR_FORCE", "1", 1);
  choose_colour("auto");
  EXPECT_TRUE(wants_colour());
}

TEST_F(TerminalColour, IsTakenAwayByNoColorUnlessItIsEmpty) {
  setenv("CLICOLOR_FORCE", "1", 1);
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(wants_colour());
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(wants_colour());
}

TEST_F(TerminalColour, OfTheFlagGoesBeforeTheVariable) {
  setenv("NO_COLOR", "1", 1);
  choose_colour("always");
  EXPECT_TRUE(wants_colour());
}

}  // namespace
}  // namespace klab
