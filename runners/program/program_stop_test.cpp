#include <gtest/gtest.h>

#include "runners/process/is_alive.hpp"
#include "runners/program/program_in_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct ProgramStopTest : ProgramInFolder {
  ProgramRun stopped(Program& program, Ending ending = Ending::stopped) {
    program.stop(ending);
    return recorder.history().programs.at(0);
  }
};

TEST_F(ProgramStopTest, RecordsWhyItWasStopped) {
  for (const Ending ending : {Ending::stopped, Ending::deadline, Ending::flooded}) {
    const auto program = start("echo ready; exec sleep 1000");
    EXPECT_TRUE(program->is_running());
    program->stop(ending);
    const ProgramRun run = recorder.history().programs.back();
    EXPECT_EQ(run.ending, ending);
    EXPECT_EQ(run.signal, SIGINT);
  }
}

TEST_F(ProgramStopTest, RecordsAsExitedWhatHadEndedBefore) {
  plan.command = "exit 1";
  Program program(plan, recorder);
  ASSERT_TRUE(program.wait(30s));
  EXPECT_EQ(stopped(program, Ending::deadline).ending, Ending::exited);
}

TEST_F(ProgramStopTest, RecordsWhenAProgramEndedHoweverLateItIsLookedAfter) {
  plan.command = "exit 0";
  Program program(plan, recorder);
  ASSERT_TRUE(program.wait(30s));
  std::this_thread::sleep_for(300ms);
  const Moment late = recorder.now();
  const ProgramRun run = stopped(program, Ending::deadline);
  EXPECT_GT(run.ended, run.started);
  EXPECT_LT(run.ended, late - 100ms);
  EXPECT_EQ(run.told_to_stop, run.ended);
}

TEST_F(ProgramStopTest, KeepsTheExitCodeOfAProgramThatTidiesUp) {
  const auto program = start("trap 'echo bye; exit 130' INT; echo ready; while :; do sleep 0.01; done");
  const ProgramRun run = stopped(*program);
  EXPECT_EQ(run.ending, Ending::stopped);
  EXPECT_EQ(run.exit_code, 130);
  EXPECT_EQ(text_of(folder / "consumer-1.out"), "ready\nbye\n");
}

TEST_F(ProgramStopTest, FloodsWithTooManyBytes) {
  plan.output_limit = 100'000;
  plan.command = "exec yes";
  Program program(plan, recorder);
  EXPECT_TRUE(eventually([&] { return program.is_flooding(); }, 30s));
  EXPECT_EQ(stopped(program, Ending::flooded).ending, Ending::flooded);
  EXPECT_EQ(text_of(folder / "consumer-1.out").size(), 100'000u);
}

TEST_F(ProgramStopTest, FloodsWithTooManyLinesAndRecordsNoneOfThosePastTheLimit) {
  plan.line_limit = 100;
  plan.command = "exec yes";
  Program program(plan, recorder);
  EXPECT_TRUE(eventually([&] { return program.is_flooding(); }, 30s));
  EXPECT_GT(stopped(program, Ending::flooded).lines_printed, 100u);
  EXPECT_EQ(recorder.history().printed.size(), 100u);
}

TEST_F(ProgramStopTest, DoesNotFloodWithALittle) {
  const auto program = start("echo ready; exec sleep 1000");
  EXPECT_FALSE(program->is_flooding());
}

TEST_F(ProgramStopTest, GetsAPythonProgramsOutputAsItComes) {
  if (std::system("python3 -V >/dev/null 2>&1") != 0) GTEST_SKIP() << "no python3";
  start("exec python3 -c 'import time; print(\"ready\"); time.sleep(1000)'");
}

TEST_F(ProgramStopTest, GetsACProgramsOutputAsItComes) {
  if (access("/usr/libexec/coreutils/libstdbuf.so", R_OK) != 0) GTEST_SKIP() << "no libstdbuf";
  start("(echo ready; exec sleep 1000) | cut -c 1-5");
}

TEST_F(ProgramStopTest, GetsBufferedOutputWhenTheProgramIsStopped) {
  if (std::system("python3 -V >/dev/null 2>&1") != 0) GTEST_SKIP() << "no python3";
  // -I ignores that the environment asks for unbuffered output.
  const auto program = start(
      "exec python3 -I -c 'import sys, time; print(\"held back\"); sys.stderr.write(\"ready\\n\"); "
      "time.sleep(1000)'");
  EXPECT_EQ(text_of(folder / "consumer-1.out"), "");
  stopped(*program);
  EXPECT_TRUE(has_printed("held back"));
}

TEST_F(ProgramStopTest, GetsWhatADescendantPrintsAfterItsShellIsGone) {
  // The shell that waits dies of the interruption; its child takes a moment to tidy up.
  const auto program = start(
      "sh -c 'trap \"sleep 0.2; echo flushed; exit\" INT; echo ready; while :; do sleep 0.01; done'; true");
  EXPECT_EQ(stopped(*program).signal, SIGINT);
  EXPECT_TRUE(has_printed("flushed"));
}

TEST_F(ProgramStopTest, StopsAProgramThatHasClosedItsOutput) {
  const auto program = start("echo ready; exec >&- 2>&-; exec sleep 1000");
  EXPECT_TRUE(program->is_running());
  const ProgramRun run = stopped(*program);
  EXPECT_EQ(run.ending, Ending::stopped);
  EXPECT_EQ(run.signal, SIGINT);
}

TEST_F(ProgramStopTest, EndsABackgroundChildThatWritesOnAfterItsLeader) {
  plan.command = "(while :; do echo still here; sleep 0.01; done) & echo $! > background; exit 4";
  Program program(plan, recorder);
  ASSERT_TRUE(program.wait(30s));
  const pid_t background = pid_in(folder / "background");
  const ProgramRun run = stopped(program);
  EXPECT_EQ(run.ending, Ending::exited);
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_FALSE(is_alive(background));
}

TEST_F(ProgramStopTest, EndsAnOrphanInASessionOfItsOwnThatHoldsThePipe) {
  plan.command = "setsid sh -c 'echo $$ > orphan; exec sleep 1000' & exit 0";
  Program program(plan, recorder);
  const pid_t orphan = pid_in(folder / "orphan");
  ASSERT_TRUE(program.wait(30s));
  EXPECT_TRUE(is_alive(orphan));
  EXPECT_EQ(stopped(program).exit_code, 0);
  EXPECT_FALSE(is_alive(orphan));
}

TEST_F(ProgramStopTest, IsNotHeldUpByAnOrphanWithoutAMarkThatWritesOn) {
  plan.output_limit = 1000;
  plan.command = "env -i setsid sh -c 'echo $$ > orphan; exec yes' & exit 0";
  Program program(plan, recorder);
  const pid_t orphan = pid_in(folder / "orphan");
  ASSERT_TRUE(program.wait(30s));
  EXPECT_EQ(stopped(program).ending, Ending::exited);
  kill(orphan, SIGKILL);
}

TEST_F(ProgramStopTest, IsKilledAndNotRecordedWhenItIsDropped) {
  pid_t orphan = 0;
  {
    const auto program = start("setsid sh -c 'echo $$ > orphan; exec sleep 1000' & echo ready; wait");
    orphan = pid_in(folder / "orphan");
  }
  EXPECT_TRUE(is_soon_gone(orphan));  // a process that was killed is listed until it is reaped
  EXPECT_TRUE(recorder.history().programs.empty());
}

}  // namespace
}  // namespace klab
