#include <gtest/gtest.h>

#include "runners/process/is_alive.hpp"
#include "runners/process/run_command.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(RunCommand, ReturnsWhatWasPrintedOnBothStreamsAndTheExitCode) {
  const CommandResult result = run_command({"/bin/sh", "-c", "echo one; echo two >&2; exit 4"}, 30s);
  EXPECT_EQ(result.output, "one\ntwo\n");
  EXPECT_EQ(result.status.exit_code, 4);
}

TEST(RunCommand, ReturnsStdoutAloneWhereStderrIsShown) {
  testing::internal::CaptureStderr();
  const CommandResult result =
      run_command({"/bin/sh", "-c", "echo one; echo two >&2"}, 30s, /*shows_stderr=*/true);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "two\n");
  EXPECT_EQ(result.output, "one\n");
}

TEST(RunCommand, ReturnsMoreThanAPipeHolds) {
  const CommandResult result = run_command({"head", "-c", "1000000", "/dev/zero"}, 30s);
  EXPECT_EQ(result.output, std::string(1'000'000, '\0'));
}

TEST(RunCommand, FindsProgramsOnThePathAndHandsItsEnvironmentOn) {
  setenv("KLAB_TEST_GREETING", "hello", 1);
  EXPECT_EQ(run_command({"sh", "-c", "echo $KLAB_TEST_GREETING"}, 30s).output, "hello\n");
  unsetenv("KLAB_TEST_GREETING");
}

TEST(RunCommand, Ends127WhenThereIsNoSuchProgram) {
  EXPECT_EQ(run_command({"no-such-program-anywhere"}, 30s).status.exit_code, 127);
}

TEST(RunCommand, StopsWhatTakesTooLong) {
  const CommandResult result = run_command({"/bin/sh", "-c", "echo begun; exec sleep 1000"}, 300ms);
  EXPECT_EQ(result.output, "begun\n");
  EXPECT_EQ(result.status.signal, SIGINT);
  EXPECT_TRUE(result.was_stopped);
}

TEST(RunCommand, TellsOneThatWasStoppedAndEndsWellFromOneThatEnds) {
  const std::string ends_well = "trap 'exit 0' INT; while :; do sleep 0.01; done";
  const CommandResult stopped = run_command({"/bin/sh", "-c", ends_well}, 300ms);
  EXPECT_TRUE(stopped.status.is_success());
  EXPECT_TRUE(stopped.was_stopped);
  EXPECT_FALSE(run_command({"true"}, 30s).was_stopped);
}

TEST(RunCommand, StopsWhatTakesTooLongHavingPrintedNothing) {
  EXPECT_EQ(run_command({"sleep", "1000"}, 50ms).status.signal, SIGINT);
}

TEST(RunCommand, WaitsForAToolThatClosesItsOutputBeforeItEnds) {
  const CommandResult result = run_command({"/bin/sh", "-c", "exec >&- 2>&-; sleep 0.1; exit 5"}, 30s);
  EXPECT_EQ(result.status.exit_code, 5);
}

TEST(RunCommand, LeavesNoneOfTheToolsProcessesBehind) {
  const TestFolder folder;
  const std::string background = (folder / "background").string();
  run_command({"/bin/sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $! > " + background}, 30s);
  EXPECT_TRUE(is_soon_gone(pid_in(background)));
}

}  // namespace
}  // namespace klab
