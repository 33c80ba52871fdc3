#include "runners/sandbox/inside/leader.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>

namespace klab {
namespace {

constexpr int kNothingRan = 125;

void block_all_signals() {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
}

[[noreturn]] void die_of(int signal) {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // the program has dumped its core, if any
  std::signal(signal, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  kill(getpid(), signal);
  sigprocmask(SIG_UNBLOCK, &only, nullptr);
  _exit(128 + signal);
}

}  // namespace

void lead(int first_process) {
  char said = 0;
  if (read(first_process, &said, 1) != 1 || said != kStarted) _exit(kNothingRan);
  block_all_signals();
  send(first_process, &kHolding, 1, MSG_NOSIGNAL);
  int status = 0;
  // A signal may have ended the program before it heard that: then all may have gone by now, and the socket
  // says once that nobody has read it, before it gives the status out.
  ssize_t length = read(first_process, &status, sizeof status);
  if (length < 0 && errno == ECONNRESET) length = read(first_process, &status, sizeof status);
  if (length != static_cast<ssize_t>(sizeof status)) die_of(SIGKILL);
  if (WIFSIGNALED(status)) die_of(WTERMSIG(status));
  _exit(WEXITSTATUS(status));
}

void let_go_of_streams() {
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
  if (nowhere > STDERR_FILENO) close(nowhere);
}

}  // namespace klab
