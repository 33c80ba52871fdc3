#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <set>

#include "runners/process/is_alive.hpp"
#include "runners/sandbox/sandbox_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct SandboxProcesses : SandboxTest {
  /// A length of sleep that no other test's process has, by which it is found.
  std::string own_nap() const { return "1000." + std::to_string(getpid()); }

  /// How many processes of the machine sleep so long.
  int nappers() const {
    const std::string wanted = std::string("sleep") + '\0' + own_nap() + '\0';
    int found = 0;
    for (const auto& process : std::filesystem::directory_iterator("/proc"))
      if (text_of(process.path() / "cmdline") == wanted) ++found;
    return found;
  }

  bool come_to(int count) const {
    return eventually([&] { return nappers() == count; }, 30s);
  }
};

TEST_F(SandboxProcesses, EndWithTheExitCodeOfTheCommand) {
  EXPECT_EQ(status_of("exit 0").exit_code, 0);
  EXPECT_EQ(status_of("exit 3").exit_code, 3);
  EXPECT_EQ(status_of("no-such-program 2>/dev/null").exit_code, 127);
}

TEST_F(SandboxProcesses, EndWithTheSignalOfTheCommand) {
  EXPECT_EQ(status_of("kill -SEGV $$").signal, SIGSEGV);
  EXPECT_EQ(status_of("kill -INT $$").signal, SIGINT);
  EXPECT_EQ(status_of("kill -KILL $$").signal, SIGKILL);
}

TEST_F(SandboxProcesses, SeeNobodyElse) {
  EXPECT_EQ(output_of("cd /proc; set -- [0-9]*; [ $2 = $$ ] && echo $# $1"), "2 1\n");
}

TEST_F(SandboxProcesses, SignalNobodyElse) {
  const auto command =
      start(fmt::format("kill -KILL {} 2>/dev/null || echo nobody; kill -KILL -1 2>/dev/null; kill -KILL 1; "
                        "echo still here; exec sleep {}",
                        getpid(), own_nap()));
  EXPECT_TRUE(prints("nobody\nstill here\n")) << output();
  EXPECT_TRUE(command->child.is_running());
}

TEST_F(SandboxProcesses, CannotLookIntoTheFirstOne) {
  EXPECT_EQ(
      output_of(
          "ls -l /proc/1/fd/ 2>/dev/null | grep -c -e '->'; cat /proc/1/environ 2>/dev/null || echo no"),
      "0\nno\n");
}

TEST_F(SandboxProcesses, HaveNoCapabilitiesAndGainNone) {
  EXPECT_EQ(output_of("grep -E '^(Cap|NoNewPrivs)' /proc/self/status | tr -s '\\t' ' '"),
            "CapInh: 0000000000000000\nCapPrm: 0000000000000000\nCapEff: 0000000000000000\n"
            "CapBnd: 0000000000000000\nCapAmb: 0000000000000000\nNoNewPrivs: 1\n");
  EXPECT_EQ(output_of("id -u"), std::to_string(getuid()) + "\n");
}

// Clients, groups' members and temporary files are named by it.
TEST_F(SandboxProcesses, HaveIdsThatThoseOfOtherSandboxesHaveNot) {
  std::set<std::string> ids;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(ids.insert(output_of("echo $$")).second) << i;
}

TEST_F(SandboxProcesses, HaveNoDescriptorsButTheirStreams) {
  EXPECT_EQ(output_of("exec perl -e 'print grep { -e \"/proc/self/fd/$_\" } 0 .. 1000'"), "012");
}

TEST_F(SandboxProcesses, HaveTheEnvironmentThatTheHelperGot) {
  setenv("KLAB_TEST_VARIABLE", "as it was", 1);
  EXPECT_EQ(output_of("echo $KLAB_TEST_VARIABLE"), "as it was\n");
  unsetenv("KLAB_TEST_VARIABLE");
}

TEST_F(SandboxProcesses, AreInterruptedAsAGroupAndMayFinishCleanly) {
  const auto command = start("trap 'echo tidied up; exit 7' INT; echo ready; while :; do sleep 0.01; done");
  ASSERT_TRUE(prints("ready"));
  command->child.stop(30s);
  EXPECT_EQ(command->child.finish().exit_code, 7);
  EXPECT_EQ(output(), "ready\ntidied up\n");
}

TEST_F(SandboxProcesses, AreTerminatedOrKilledWhenTheyIgnoreInterruptions) {
  auto command = start("trap '' INT; echo ready; exec sleep 1000");
  ASSERT_TRUE(prints("ready"));
  command->child.stop(100ms);
  EXPECT_EQ(command->child.finish().signal, SIGTERM);
  command = start("trap '' INT TERM; echo ready; exec sleep 1000");
  ASSERT_TRUE(prints("ready"));
  command->child.stop(100ms);
  EXPECT_EQ(command->child.finish().signal, SIGKILL);
}

TEST_F(SandboxProcesses, CanBeStoppedTheMomentTheyAreStarted) {
  for (int i = 0; i < 30; ++i) {
    const auto command = start("exec sleep 1000");
    command->child.stop(30s);
    ASSERT_EQ(command->child.finish().signal, SIGINT) << "no signal may be lost at start " << i;
  }
}

TEST_F(SandboxProcesses, MaySignalTheirOwnGroup) {
  EXPECT_EQ(status_of("trap 'exit 5' USR1; kill -USR1 0; exit 6").exit_code, 5);
}

TEST_F(SandboxProcesses, MayOutliveTheCommandUntilTheyAreKilled) {
  const auto command = start("(sleep 0.5; echo late) & (sleep " + own_nap() + ") & exit 4");
  ASSERT_TRUE(command->child.wait(30s));
  EXPECT_TRUE(prints("late")) << "as they may without a sandbox";
  EXPECT_TRUE(come_to(1));
  EXPECT_EQ(command->child.finish().exit_code, 4);
  command->sandbox.kill();
  EXPECT_EQ(nappers(), 0) << "dead before kill() returns";
}

TEST_F(SandboxProcesses, DieAlsoAsDaemons) {
  const std::string nap = own_nap();
  const auto command = start("setsid setsid sleep " + nap +
                             " </dev/null >/dev/null 2>&1 & "
                             "(setsid sh -c 'env -i sleep " +
                             nap + " & exit' &) ; exit 0");
  ASSERT_TRUE(come_to(2));
  command->child.finish();
  command->sandbox.kill();
  EXPECT_EQ(nappers(), 0);
}

TEST_F(SandboxProcesses, DieWithTheSandboxObject) {
  {
    const auto command = start("setsid sleep " + own_nap() + " & sleep " + own_nap());
    ASSERT_TRUE(come_to(2));
  }
  EXPECT_EQ(nappers(), 0);
}

TEST_F(SandboxProcesses, DieWithAKlabThatIsKilled) {
  const std::string nap = own_nap();
  const pid_t klab = fork();
  if (klab == 0) {
    const auto command = start("setsid sleep " + nap + " & sleep " + nap);
    pause();
    _exit(0);
  }
  ASSERT_TRUE(come_to(2));
  kill(klab, SIGKILL);
  waitpid(klab, nullptr, 0);
  EXPECT_TRUE(come_to(0));
}

TEST_F(SandboxProcesses, AloneHoldTheirStreamsOpen) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const FileDescriptor reading(ends[0]);
  FileDescriptor writing(ends[1]);
  Sandbox sandbox(plan);
  ChildProcess child({.argv = sandbox.around({"/bin/sh", "-c", "exec >/dev/null 2>&1; exec sleep 1000"}),
                      .out = writing.get(),
                      .err = writing.get(),
                      .inherited = sandbox.inherited()});
  writing.reset();
  sandbox.listeners(30s);
  sandbox.go();
  char ignored = 0;
  EXPECT_EQ(read(reading.get(), &ignored, 1), 0);
  EXPECT_TRUE(child.is_running());
}

}  // namespace
}  // namespace klab
