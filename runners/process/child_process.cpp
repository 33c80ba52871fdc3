#include "runners/process/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "checks/errors.hpp"
#include "runners/fair_watch.hpp"
#include "runners/interruption.hpp"

extern char** environ;

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr int kNotFound = 127;  // as a shell says it
constexpr auto kBetweenLooks = 100ms;

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

void redirect(int from, int to) {
  if (from < 0) from = open("/dev/null", to == STDIN_FILENO ? O_RDONLY : O_WRONLY);
  if (from == to)
    fcntl(to, F_SETFD, 0);
  else
    dup2(from, to);
}

void reset_signals() {
  // A grader started in the background hands SIG_IGN on for SIGINT, and a program that ignores it could not
  // be stopped the way a student does.
  for (int signal = 1; signal < NSIG; ++signal) std::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// For the moment of a fork: until the child has signal handling of its own, a signal to it would run klab's.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

/// Between fork and exec: only what is safe in a child of a process with threads.
[[noreturn]] void become(const ChildPlan& plan, pid_t parent, char* const* argv, char* const* environment) {
  setsid();
  prctl(PR_SET_PDEATHSIG, plan.signal_when_klab_dies);
  if (getppid() != parent) _exit(kNotFound);
  reset_signals();
  redirect(plan.in, STDIN_FILENO);
  redirect(plan.out, STDOUT_FILENO);
  redirect(plan.err, STDERR_FILENO);
  if (plan.inherited >= 0) fcntl(plan.inherited, F_SETFD, 0);
  if (chdir(plan.folder.c_str()) == 0) execvpe(argv[0], argv, environment);
  _exit(kNotFound);
}

/// Returns at once when the user asks klab to stop, if that is wanted.
bool has_ended(const FileDescriptor& pidfd, int milliseconds, bool interruptible) {
  std::array<pollfd, 2> waited{
      {{pidfd.get(), POLLIN, 0}, {interruptible ? interruption_fd() : -1, POLLIN, 0}}};
  if (poll(waited.data(), waited.size(), milliseconds) < 0 && errno != EINTR)
    throw HarnessError(fmt::format("cannot wait for a process: {}", std::strerror(errno)));
  return waited[0].revents != 0;
}

ExitStatus status_from(int raw) {
  if (WIFEXITED(raw)) return {.exit_code = WEXITSTATUS(raw)};
  return {.signal = WTERMSIG(raw)};
}

}  // namespace

std::string describe(const ExitStatus& status) {
  return status.exit_code ? fmt::format("exit code {}", *status.exit_code)
                          : fmt::format("signal {}", status.signal);
}

ChildProcess::ChildProcess(const ChildPlan& plan) {
  const std::vector<char*> argv = pointers(plan.argv), environment = pointers(plan.environment);
  const pid_t parent = getpid();
  const SignalsHeldBack held_back;
  pid_ = fork();
  if (pid_ < 0) throw HarnessError(fmt::format("cannot start {}: {}", plan.argv[0], std::strerror(errno)));
  if (pid_ == 0) become(plan, parent, argv.data(), environment.data());
  pidfd_ = FileDescriptor(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
  if (!pidfd_) {
    finish();
    throw HarnessError(fmt::format("cannot watch {}: {}", plan.argv[0], std::strerror(errno)));
  }
  try {
    watch_ = std::thread([this] {
      pollfd end{pidfd_.get(), POLLIN, 0};
      while (poll(&end, 1, -1) < 0 && errno == EINTR) {
      }
      ended_at_ = Clock::now();
    });
  } catch (const std::system_error& error) {
    finish();
    throw HarnessError(fmt::format("cannot watch {}: {}", plan.argv[0], error.what()));
  }
}

ChildProcess::~ChildProcess() { finish(); }

bool ChildProcess::is_running() { return !wait_uninterrupted(Clock::duration::zero()); }

bool ChildProcess::wait(Clock::duration within) { return wait(within, Interruptible::yes); }

bool ChildProcess::wait_uninterrupted(Clock::duration within) const {
  return wait(within, Interruptible::no);
}

bool ChildProcess::wait(Clock::duration within, Interruptible interruptible) const {
  FairWatch watch;
  for (Clock::duration left = within;; left = within - watch.passed()) {
    if (interruptible == Interruptible::yes) throw_if_interrupted();
    const int at_most = milliseconds_of(std::min<Clock::duration>(left, kBetweenLooks));
    if (status_ || has_ended(pidfd_, at_most, interruptible == Interruptible::yes)) return true;
    if (left <= Clock::duration::zero()) return false;
  }
}

void ChildProcess::signal_group(int signal) const {
  // A child that was forked a moment ago has no group yet.
  if (!status_ && kill(-pid_, signal) != 0) kill(pid_, signal);
}

void ChildProcess::stop(Clock::duration patience) {
  for (const int signal : {SIGINT, SIGTERM}) {
    signal_group(signal);
    if (wait_uninterrupted(patience)) return;
  }
  signal_group(SIGKILL);
}

ExitStatus ChildProcess::finish() {
  if (status_) return *status_;
  // The leader's process group exists for as long as it is not reaped, so this hits nobody else.
  signal_group(SIGKILL);
  kill(pid_, SIGKILL);
  int raw = 0;
  while (waitpid(pid_, &raw, 0) < 0 && errno == EINTR) {
  }
  if (watch_.joinable()) watch_.join();
  status_ = status_from(raw);
  return *status_;
}

std::vector<std::string> own_environment() {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  return environment;
}

}  // namespace klab
