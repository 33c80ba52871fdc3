#include "runners/sandbox/inside/first_process.hpp"

#include <linux/keyctl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <thread>

#include "runners/sandbox/control_message.hpp"
#include "runners/sandbox/inside/file_view.hpp"
#include "runners/sandbox/inside/leader.hpp"
#include "runners/sandbox/inside/namespaces.hpp"
#include "runners/sandbox/inside/privileges.hpp"
#include "runners/sandbox/inside/program_start.hpp"
#include "runners/sandbox/inside/refusal.hpp"
#include "runners/sandbox/inside/resource_usage.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kBetweenLooks = 200ms;

/// When the first process exits the kernel kills the others, but only once it has freed its memory, and for
/// that it may wait for ever on locks that it shares with thousands that fork. So they are killed before.
void kill_all_others() { kill(-1, SIGKILL); }

class FirstProcess {
 public:
  FirstProcess(const SandboxRequest& request, int leader) : request_(request), leader_(leader) {}

  void make_sandbox(const std::vector<std::filesystem::path>& unix_sockets);
  void run_program();

 private:
  void offer(const std::vector<FileDescriptor>& listeners);
  bool start_program();
  void watch_memory() const;
  void supervise();
  bool wait_for_something();
  bool reap();
  bool enforce_process_limit();
  void tell(const LimitHit& hit) const;

  const SandboxRequest& request_;
  int leader_;
  pid_t program_ = -1;
  FileDescriptor children_;  // readable when one of them has ended
  Clock::time_point next_look_ = Clock::now();
};

void FirstProcess::make_sandbox(const std::vector<std::filesystem::path>& unix_sockets) {
  syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr);  // klab's may hold keys of its user
  forbid_more_namespaces();
  bring_loopback_up();
  const std::vector<FileDescriptor> listeners = listen_on(request_.ports);
  arrange_files(request_, unix_sockets);
  drop_privileges();
  offer(listeners);
}

void FirstProcess::offer(const std::vector<FileDescriptor>& listeners) {
  const FileDescriptor self(static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0)));
  if (!self) refuse("name the sandbox's first process");
  std::vector<int> descriptors{self.get()};
  for (const FileDescriptor& listener : listeners) descriptors.push_back(listener.get());
  send_message(request_.control, {{"ready", true}}, descriptors);
}

void FirstProcess::run_program() {
  if (!receive_message(request_.control) || !start_program()) return;
  if (request_.limits.memory > 0) std::thread([this] { watch_memory(); }).detach();
  supervise();
  kill_all_others();
}

/// False when the leader is gone: somebody has ended it before the program was there to be asked.
bool FirstProcess::start_program() {
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  children_ = FileDescriptor(signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK));
  program_ = fork();
  if (program_ == 0) become_program(request_, leader_);
  // The program runs with the same user id; it must not reach into this process.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  let_go_of_streams();
  return program_ > 0 && write(leader_, &kStarted, 1) == 1;
}

/// In a thread of its own, so that processes are counted while it waits for one of them.
void FirstProcess::watch_memory() const {
  std::optional<LimitHit> hit;
  while (!(hit = too_much_memory(request_.limits))) std::this_thread::sleep_for(kBetweenLooks);
  tell(*hit);
  kill_all_others();
  _exit(EXIT_FAILURE);
}

void FirstProcess::supervise() {
  while (wait_for_something() && reap() && enforce_process_limit()) continue;
}

/// False when klab has closed its end.
bool FirstProcess::wait_for_something() {
  std::array<pollfd, 2> waited{{{children_.get(), POLLIN, 0}, {request_.control, POLLIN, 0}}};
  const auto until_look = std::chrono::ceil<std::chrono::milliseconds>(next_look_ - Clock::now());
  poll(waited.data(), waited.size(), static_cast<int>(std::max<std::int64_t>(until_look.count(), 0)));
  return waited[1].revents == 0;
}

/// All of the sandbox's processes become children of this one in the end. False when nobody is left.
bool FirstProcess::reap() {
  signalfd_siginfo ignored{};
  while (read(children_.get(), &ignored, sizeof ignored) > 0) {
  }
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
    if (ended != program_) continue;
    prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);  // from here on, the leader may go first
    if (write(leader_, &status, sizeof status) < 0) return false;
  }
  return ended == 0;
}

/// False, and klab is told, when there are too many processes.
bool FirstProcess::enforce_process_limit() {
  if (Clock::now() < next_look_) return true;
  next_look_ = Clock::now() + kBetweenLooks;
  const auto hit = too_many_processes(request_.limits);
  if (hit) tell(*hit);
  return !hit;
}

void FirstProcess::tell(const LimitHit& hit) const {
  send_message(request_.control, {{"limit", hit.limit}, {"used", hit.used}, {"allowed", hit.allowed}});
}

}  // namespace

void be_first_process(const SandboxRequest& request, int leader,
                      const std::vector<std::filesystem::path>& unix_sockets) {
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  FirstProcess first(request, leader);
  try {
    first.make_sandbox(unix_sockets);
  } catch (const std::exception& error) {
    send_message(request.control, {{"refused", error.what()}});
    return;
  }
  first.run_program();
}

}  // namespace klab
