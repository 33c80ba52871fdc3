#include "runners/interruption.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>

#include "checks/errors.hpp"

namespace klab {
namespace {

std::atomic<bool> interrupted{false};
std::array<int, 2> wake_up{-1, -1};

void on_signal(int) {
  const int interrupted_calls_errno = errno;
  interrupted = true;
  // The pipe is never read, so that it stays readable for every wait that follows.
  [[maybe_unused]] const auto written = write(wake_up[1], "!", 1);
  errno = interrupted_calls_errno;
}

}  // namespace

void catch_interruptions() {
  if (pipe2(wake_up.data(), O_CLOEXEC | O_NONBLOCK) != 0) throw HarnessError("cannot make a pipe");
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGHUP, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

bool is_interrupted() { return interrupted; }

void throw_if_interrupted() {
  if (interrupted) throw Interrupted();
}

int interruption_fd() { return wake_up[0]; }

}  // namespace klab
