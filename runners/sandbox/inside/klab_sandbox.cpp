// klab-sandbox --control FD [--port N]... [--writable PATH]... -- COMMAND: runs a student's program in
// namespaces of its own. Three processes: the leader, which klab started; the first process of the new
// process namespace, which makes the sandbox and watches over it; the program.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>

#include "runners/sandbox/control_message.hpp"
#include "runners/sandbox/inside/file_view.hpp"
#include "runners/sandbox/inside/first_process.hpp"
#include "runners/sandbox/inside/leader.hpp"
#include "runners/sandbox/inside/namespaces.hpp"
#include "runners/sandbox/inside/refusal.hpp"
#include "runners/sandbox/task_cap.hpp"

namespace klab {
namespace {

constexpr int kUsage = 64, kRefused = 125;

/// Who watches over the program must have its turn however many processes that has; root may see to it.
void come_first() { setpriority(PRIO_PROCESS, 0, -20); }

/// A namespace's user may not write there, so the file is opened before.
FileDescriptor members_of(const std::filesystem::path& task_cap) {
  if (task_cap.empty()) return FileDescriptor();
  return FileDescriptor(open((task_cap / TaskCap::kMembers).c_str(), O_WRONLY | O_CLOEXEC));
}

/// Where it fails there is no cap, and processes are counted all the same.
void join(const FileDescriptor& members) {
  if (members) [[maybe_unused]]
    const auto written = write(members.get(), "0", 1);
}

int run(const SandboxRequest& request) {
  fcntl(request.control, F_SETFD, FD_CLOEXEC);
  come_first();
  const auto unix_sockets = listening_unix_sockets();  // as long as this is klab's network namespace
  const FileDescriptor members = members_of(request.task_cap);
  const pid_t outside = getpid();
  enter_namespaces();
  std::array<int, 2> link{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, link.data()) != 0) refuse("make a socket");
  const pid_t first = fork();
  if (first < 0) refuse("start the sandbox's first process");
  close(link[first == 0 ? 0 : 1]);
  if (first == 0) {
    join(members);
    number_processes_apart(outside);
    be_first_process(request, link[1], unix_sockets);
    _exit(kRefused);  // which takes all others with it
  }
  close(request.control);
  let_go_of_streams();
  lead(link[0]);
}

int main(int argc, char** argv) {
  SandboxRequest request;
  try {
    request = read_request({argv + 1, argv + argc});
    request.niceness = getpriority(PRIO_PROCESS, 0);
  } catch (const Refusal& error) {
    std::fprintf(stderr, "klab-sandbox: %s\n", error.what());
    return kUsage;
  }
  try {
    return run(request);
  } catch (const std::exception& error) {
    send_message(request.control, {{"refused", error.what()}});
    return kRefused;
  }
}

}  // namespace
}  // namespace klab

int main(int argc, char** argv) { return klab::main(argc, argv); }
