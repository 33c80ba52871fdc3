#include "cli/terminal_style.hpp"

#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

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

TEST_F(TerminalColour, IsForTerminalsThatHaveIt) {
  int controller = -1, terminal = -1;
  ASSERT_EQ(openpty(&controller, &terminal, nullptr, nullptr, nullptr), 0);
  const int stdout_before = dup(STDOUT_FILENO);
  const auto in = [&](const char* kind) {
    setenv("TERM", kind, 1);
    dup2(terminal, STDOUT_FILENO);
    const bool is_coloured = wants_colour();
    dup2(stdout_before, STDOUT_FILENO);
    return is_coloured;
  };
  EXPECT_TRUE(in("xterm"));
  EXPECT_FALSE(in("dumb"));
  for (const int descriptor : {controller, terminal, stdout_before}) close(descriptor);
}

TEST_F(TerminalColour, OfTheFlagGoesBeforeTheVariable) {
  setenv("NO_COLOR", "1", 1);
  choose_colour("always");
  EXPECT_TRUE(wants_colour());
}

}  // namespace
}  // namespace klab
