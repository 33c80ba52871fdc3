#include "runners/process/child_process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "runners/process/is_alive.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct ChildProcessTest : testing::Test {
  /// A shell script that runs in the test's folder, and whose output goes to a file there.
  ChildPlan script(const std::string& text) {
    return {.argv = {"/bin/sh", "-c", text},
            .environment = {"PATH=/usr/bin:/bin"},
            .folder = folder.path(),
            .out = out.get(),
            .err = out.get()};
  }

  ExitStatus end_of(const std::string& text) {
    ChildProcess child(script(text));
    EXPECT_TRUE(child.wait(30s));
    return child.finish();
  }

  bool comes_to_exist(const std::string& name) const {
    return eventually([&] { return std::filesystem::exists(folder / name); }, 30s);
  }

  TestFolder folder;
  FileDescriptor out{open((folder / "output").c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644)};
};

TEST_F(ChildProcessTest, EndsWithItsExitCode) {
  EXPECT_TRUE(end_of("exit 0").is_success());
  const ExitStatus status = end_of("exit 3");
  EXPECT_EQ(status.exit_code, 3);
  EXPECT_EQ(status.signal, 0);
  EXPECT_FALSE(status.is_success());
}

TEST_F(ChildProcessTest, EndsBySignal) {
  const ExitStatus status = end_of("kill -SEGV $$");
  EXPECT_FALSE(status.exit_code);
  EXPECT_EQ(status.signal, SIGSEGV);
  EXPECT_FALSE(status.is_success());
}

TEST_F(ChildProcessTest, DescribesHowItEnded) {
  EXPECT_EQ(describe({.exit_code = 3}), "exit code 3");
  EXPECT_EQ(describe({.signal = SIGKILL}), "signal 9");
}

TEST_F(ChildProcessTest, EndsWith127WhenThereIsNoSuchProgram) {
  ChildProcess child({.argv = {"no-such-program-anywhere"}});
  EXPECT_TRUE(child.wait(30s));
  EXPECT_EQ(child.finish().exit_code, 127);
}

TEST_F(ChildProcessTest, EndsWith127WhenItsFolderIsGone) {
  ChildProcess child({.argv = {"/bin/true"}, .folder = folder / "nowhere"});
  EXPECT_TRUE(child.wait(30s));
  EXPECT_EQ(child.finish().exit_code, 127);
}

TEST_F(ChildProcessTest, StartsInItsFolderWithTheGivenEnvironmentAlone) {
  setenv("KLAB_TEST_SECRET", "hidden", 1);
  end_of("pwd; env");
  unsetenv("KLAB_TEST_SECRET");
  const std::string printed = text_of(folder / "output");
  EXPECT_EQ(printed.substr(0, printed.find('\n')), folder.path().string());
  EXPECT_NE(printed.find("PATH=/usr/bin:/bin\n"), std::string::npos);
  EXPECT_EQ(printed.find("KLAB_TEST_SECRET"), std::string::npos);
}

TEST_F(ChildProcessTest, ReadsNothingAndPrintsNowhereUnlessTold) {
  ChildProcess child({.argv = {"/bin/sh", "-c", "read line && exit 1; echo gone && echo gone >&2"}});
  EXPECT_TRUE(child.wait(30s));
  EXPECT_EQ(child.finish().exit_code, 0);
}

TEST_F(ChildProcessTest, InheritsOneMoreDescriptorWhenTold) {
  const FileDescriptor given(fcntl(out.get(), F_DUPFD_CLOEXEC, 3)),
      kept(fcntl(out.get(), F_DUPFD_CLOEXEC, 3));
  ChildPlan plan = script("for fd in $GIVEN $KEPT; do [ -e /proc/$$/fd/$fd ] && echo $fd; done");
  plan.environment = {"GIVEN=" + std::to_string(given.get()), "KEPT=" + std::to_string(kept.get())};
  plan.inherited = given.get();
  ChildProcess child(plan);
  ASSERT_TRUE(child.wait(30s));
  EXPECT_EQ(text_of(folder / "output"), std::to_string(given.get()) + "\n");
}

TEST_F(ChildProcessTest, TellsWhetherItRuns) {
  ChildProcess child(script("exec sleep 1000"));
  EXPECT_TRUE(child.is_running());
  EXPECT_FALSE(child.wait(10ms));
  EXPECT_FALSE(child.wait_uninterrupted(10ms));
  EXPECT_EQ(child.finish().signal, SIGKILL);
  EXPECT_FALSE(child.is_running());
  EXPECT_TRUE(child.wait(1000s));
  EXPECT_EQ(child.finish().signal, SIGKILL) << "asked again, it says the same";
}

TEST_F(ChildProcessTest, GetsDefaultSignalsFromAParentThatIgnoresOrBlocksThem) {
  const auto before = std::signal(SIGINT, SIG_IGN);
  sigset_t blocked, mask_before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigprocmask(SIG_BLOCK, &blocked, &mask_before);
  const ExitStatus interrupted = end_of("kill -INT $$; exit 0"), terminated = end_of("kill -TERM $$; exit 0");
  sigprocmask(SIG_SETMASK, &mask_before, nullptr);
  std::signal(SIGINT, before);
  EXPECT_EQ(interrupted.signal, SIGINT);
  EXPECT_EQ(terminated.signal, SIGTERM);
}

TEST_F(ChildProcessTest, StopsWithAnInterruptionFirst) {
  ChildProcess child(script("trap 'echo tidied up; exit 7' INT; touch ready; while :; do sleep 0.01; done"));
  ASSERT_TRUE(comes_to_exist("ready"));
  child.stop(30s);
  EXPECT_EQ(child.finish().exit_code, 7);
  EXPECT_EQ(text_of(folder / "output"), "tidied up\n");
}

TEST_F(ChildProcessTest, TerminatesWhatIgnoresInterruptions) {
  ChildProcess child(script("trap '' INT; touch ready; exec sleep 1000"));
  ASSERT_TRUE(comes_to_exist("ready"));
  child.stop(100ms);
  EXPECT_EQ(child.finish().signal, SIGTERM);
}

TEST_F(ChildProcessTest, KillsWhatIgnoresTerminationToo) {
  ChildProcess child(script("trap '' INT TERM; touch ready; exec sleep 1000"));
  ASSERT_TRUE(comes_to_exist("ready"));
  child.stop(50ms);
  EXPECT_EQ(child.finish().signal, SIGKILL);
}

TEST_F(ChildProcessTest, CanBeStoppedTheMomentItIsStarted) {
  for (int i = 0; i < 30; ++i) {
    ChildProcess child(script("exec sleep 1000"));
    child.stop(30s);
    ASSERT_EQ(child.finish().signal, SIGINT) << "no signal may be lost at start " << i;
  }
}

TEST_F(ChildProcessTest, TakesItsWholeGroupWithIt) {
  ChildProcess child(script("sleep 1000 & echo $! > background; wait"));
  const pid_t background = pid_in(folder / "background");
  ASSERT_TRUE(is_alive(background));
  child.finish();
  EXPECT_TRUE(is_soon_gone(background));
}

TEST_F(ChildProcessTest, TakesAGroupWithItThatOutlivedItsLeader) {
  ChildProcess child(script("sleep 1000 & echo $! > background"));
  ASSERT_TRUE(child.wait(30s));
  const pid_t background = pid_in(folder / "background");
  EXPECT_TRUE(is_alive(background));
  EXPECT_EQ(child.finish().exit_code, 0);
  EXPECT_TRUE(is_soon_gone(background));
}

TEST_F(ChildProcessTest, IsKilledByItsDestructor) {
  pid_t pid = 0;
  {
    const ChildProcess child(script("exec sleep 1000"));
    pid = child.pid();
    EXPECT_TRUE(is_alive(pid));
  }
  EXPECT_FALSE(is_alive(pid));
}

TEST_F(ChildProcessTest, DiesWithAKlabThatIsKilled) {
  const pid_t klab = fork();
  if (klab == 0) {
    const ChildProcess child(script("echo $$ > child; exec sleep 1000"));
    pause();
    _exit(0);
  }
  const pid_t child = pid_in(folder / "child");
  EXPECT_TRUE(is_alive(child));
  kill(klab, SIGKILL);
  waitpid(klab, nullptr, 0);
  EXPECT_TRUE(is_soon_gone(child));
}

}  // namespace
}  // namespace klab
