#include "runners/interruption.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>

#include <csignal>

#include "checks/errors.hpp"
#include "runners/eventually.hpp"
#include "runners/process/child_process.hpp"
#include "runners/process/run_command.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// Whether something holds in a process of its own, that catches interruptions: a stop that was asked for
/// cannot be taken back.
bool holds_in_own_process(const std::function<bool()>& something) {
  const pid_t pid = fork();
  if (pid == 0) {
    alarm(60);  // what never wakes up is no pass
    catch_interruptions();
    _exit(something() ? 0 : 1);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool is_interrupted_in(const std::function<void()>& wait) {
  try {
    wait();
  } catch (const Interrupted&) {
    return true;
  }
  return false;
}

bool is_readable(int fd) {
  pollfd waited{fd, POLLIN, 0};
  return poll(&waited, 1, 0) == 1;
}

TEST(Interruption, IsNoneBeforeItIsAskedFor) {
  EXPECT_FALSE(is_interrupted());
  EXPECT_NO_THROW(throw_if_interrupted());
  EXPECT_EQ(interruption_fd(), -1);
  EXPECT_TRUE(holds_in_own_process([] { return !is_interrupted() && !is_readable(interruption_fd()); }));
}

TEST(Interruption, IsAskedForByEachOfThreeSignals) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    EXPECT_TRUE(holds_in_own_process([=] {
      raise(signal);
      return is_interrupted() && is_readable(interruption_fd());
    })) << signal;
}

TEST(Interruption, StaysAskedForHoweverOftenItIsAsked) {
  EXPECT_TRUE(holds_in_own_process([] {
    for (int i = 0; i < 100'000; ++i) raise(SIGINT);  // more than the pipe behind it holds
    return is_interrupted_in(throw_if_interrupted);
  }));
}

TEST(Interruption, EndsAWaitForACondition) {
  EXPECT_TRUE(holds_in_own_process([] {
    raise(SIGTERM);
    return is_interrupted_in([] { eventually([] { return false; }, 1h); });
  }));
}

TEST(Interruption, WakesAWaitThatHasBegun) {
  EXPECT_TRUE(holds_in_own_process([] {
    const auto ask_for_a_stop = [] { return raise(SIGINT) != 0; };
    return is_interrupted_in([&] { eventually(ask_for_a_stop, 1h, 1h); });
  }));
}

TEST(Interruption, EndsAWaitForAProcessButNotOneOnTheWayOut) {
  EXPECT_TRUE(holds_in_own_process([] {
    ChildProcess child({.argv = {"/bin/sleep", "1000"}});
    raise(SIGINT);
    return !child.wait_uninterrupted(10ms) && is_interrupted_in([&] { child.wait(1h); });
  }));
}

TEST(Interruption, EndsATool) {
  EXPECT_TRUE(holds_in_own_process([] {
    return is_interrupted_in([] { run_command({"/bin/sh", "-c", "kill -INT $PPID; exec sleep 1000"}, 1h); });
  }));
}

TEST(Interruption, IsNotAskedForByStoppingAChildThatHasJustBeenForked) {
  EXPECT_TRUE(holds_in_own_process([] {
    for (int i = 0; i < 30; ++i) ChildProcess({.argv = {"/bin/sleep", "1000"}}).stop(30s);
    return !is_interrupted() && !is_readable(interruption_fd());
  }));
}

}  // namespace
}  // namespace klab
