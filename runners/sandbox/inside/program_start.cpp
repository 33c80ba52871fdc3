#include "runners/sandbox/inside/program_start.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "runners/sandbox/inside/leader.hpp"

namespace klab {
namespace {

constexpr int kNotFound = 127;

// A process has threads, a Java one dozens. The kernel counts threads, and before Linux 5.14 those of all of
// the user's processes: this only stops what is far too fast for whoever counts processes.
constexpr rlim_t kThreadsAProcess = 128, kThreadsElsewhere = 4096;

void lower_limit(decltype(RLIMIT_CORE) resource, rlim_t value) {
  rlimit limit{};
  getrlimit(resource, &limit);
  limit.rlim_cur = limit.rlim_max = std::min(limit.rlim_max, value);
  setrlimit(resource, &limit);
}

void set_limits(const SandboxLimits& limits) {
  lower_limit(RLIMIT_CORE, 0);
  if (limits.file_size > 0) lower_limit(RLIMIT_FSIZE, limits.file_size);
  if (limits.processes > 0)
    lower_limit(RLIMIT_NPROC, limits.processes * kThreadsAProcess + kThreadsElsewhere);
  // Where memory runs out all the same, the program goes, and not the broker.
  std::ofstream("/proc/self/oom_score_adj") << 1000;
}

void reset_signals() {
  for (int signal = 1; signal < NSIG; ++signal) std::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace

void become_program(const SandboxRequest& request, int leader) {
  reset_signals();
  set_limits(request.limits);
  setpriority(PRIO_PROCESS, 0, request.niceness);
  std::vector<char*> arguments;
  for (const std::string& argument : request.command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  char said = 0;
  if (read(leader, &said, 1) != 1 || said != kHolding) _exit(kNotFound);
  syscall(SYS_close_range, 3u, ~0u, 0u);
  execvp(arguments[0], arguments.data());
  _exit(kNotFound);
}

}  // namespace klab
