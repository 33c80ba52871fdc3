#include "runners/sandbox/sandbox.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <array>
#include <csignal>

#include "checks/errors.hpp"
#include "runners/interruption.hpp"
#include "runners/process/child_process.hpp"
#include "runners/sandbox/control_message.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

// On top of the processes: enough for several JVMs, or for one thread a record of the sample.
constexpr std::uint64_t kThreads = 1536;
constexpr auto kToDie = 10s;  // a process that writes much to a slow disk cannot be killed in the meantime

void add_all(std::vector<std::string>& arguments, const std::string& option,
             const std::vector<std::filesystem::path>& paths) {
  for (const auto& path : paths) arguments.insert(arguments.end(), {option, path.string()});
}

void add_limit(std::vector<std::string>& arguments, const std::string& option, std::uint64_t limit) {
  if (limit > 0) arguments.insert(arguments.end(), {option, std::to_string(limit)});
}

bool wait_for_message(int socket, Clock::time_point deadline) {
  std::array<pollfd, 2> waited{{{socket, POLLIN, 0}, {interruption_fd(), POLLIN, 0}}};
  do {
    throw_if_interrupted();
    poll(waited.data(), waited.size(), milliseconds_until(deadline));
    if (waited[0].revents != 0) return true;
  } while (Clock::now() < deadline);
  return false;
}

std::string bytes(std::uint64_t count) {
  constexpr std::uint64_t kMebibyte = 1 << 20;
  return fmt::format("{} MiB", (count + kMebibyte / 2) / kMebibyte);
}

}  // namespace

Sandbox::Sandbox(SandboxPlan plan) : plan_(std::move(plan)) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw HarnessError("cannot make a socket");
  control_ = FileDescriptor(ends[0]);
  helpers_end_ = FileDescriptor(ends[1]);
  if (plan_.limits.processes > 0) cap_.emplace(plan_.limits.processes + kThreads);
}

Sandbox::~Sandbox() {
  try {
    kill();
  } catch (const HarnessError&) {  // it was asked for; there is nobody left to tell
  }
}

std::vector<std::string> Sandbox::around(const std::vector<std::string>& argv) const {
  std::vector<std::string> arguments{plan_.helper.string(), "--control", std::to_string(inherited())};
  for (const std::uint16_t port : plan_.ports)
    arguments.insert(arguments.end(), {"--port", std::to_string(port)});
  add_all(arguments, "--writable", plan_.writable);
  add_all(arguments, "--readable", plan_.readable);
  add_all(arguments, "--overlay", plan_.overlays);
  add_all(arguments, "--hidden", plan_.hidden);
  add_limit(arguments, "--memory", plan_.limits.memory);
  add_limit(arguments, "--processes", plan_.limits.processes);
  add_limit(arguments, "--file-size", plan_.limits.file_size);
  add_limit(arguments, "--scratch", plan_.limits.scratch);
  if (cap_ && !cap_->folder().empty()) add_all(arguments, "--task-cap", {cap_->folder()});
  arguments.emplace_back("--");
  arguments.insert(arguments.end(), argv.begin(), argv.end());
  return arguments;
}

std::vector<FileDescriptor> Sandbox::listeners(Clock::duration within) {
  helpers_end_.reset();  // so that the helper's end, too, is seen here
  if (!wait_for_message(control_.get(), Clock::now() + within))
    throw HarnessError("no sandbox: klab-sandbox did not make it in time");
  auto message = receive_message(control_.get());
  if (!message) throw HarnessError(fmt::format("no sandbox: {} ended without a word", plan_.helper.string()));
  if (message->content.contains("refused"))
    throw HarnessError(fmt::format("no sandbox: {}", message->content["refused"].get<std::string>()));
  if (message->descriptors.size() != plan_.ports.size() + 1)
    throw HarnessError("no sandbox: klab-sandbox is not of this klab's version");
  first_process_ = std::move(message->descriptors.front());
  message->descriptors.erase(message->descriptors.begin());
  return std::move(message->descriptors);
}

void Sandbox::go() { send_message(control_.get(), {{"go", true}}); }

std::optional<LimitHit> Sandbox::limit_hit() {
  if (limit_hit_ || !control_) return limit_hit_;
  if (const auto message = poll_message(control_.get()); message && message->content.contains("limit")) {
    const auto& said = message->content;
    limit_hit_ = LimitHit{said["limit"], said["used"], said["allowed"]};
  }
  return limit_hit_;
}

void Sandbox::kill() {
  limit_hit();  // can still be asked for afterwards
  control_.reset();
  if (!first_process_) return;
  syscall(SYS_pidfd_send_signal, first_process_.get(), SIGKILL, nullptr, 0);
  const auto deadline = Clock::now() + kToDie;
  pollfd dead{first_process_.get(), POLLIN, 0};
  while (poll(&dead, 1, milliseconds_until(deadline)) <= 0)
    if (Clock::now() >= deadline)
      throw HarnessError("processes in the sandbox cannot be killed: is their disk too slow?");
  first_process_.reset();
}

std::string describe(const LimitHit& hit) {
  if (hit.limit == "memory")
    return fmt::format("used {} of memory; {} are allowed", bytes(hit.used), bytes(hit.allowed));
  return fmt::format("ran {} processes at once; {} are allowed", hit.used, hit.allowed);
}

std::optional<std::string> why_namespaces_are_refused(const std::filesystem::path& helper) {
  try {
    Sandbox sandbox({.helper = helper, .ports = {9092}});
    ChildProcess child({.argv = sandbox.around({"/bin/true"}),
                        .environment = own_environment(),
                        .inherited = sandbox.inherited()});
    sandbox.listeners(kToDie);
    sandbox.go();
    if (!child.wait(kToDie)) return "a program in it does not end";
    const ExitStatus status = child.finish();
    if (!status.is_success()) return fmt::format("a program in it ended with {}", describe(status));
  } catch (const HarnessError& error) {
    return error.what();
  }
  return std::nullopt;
}

}  // namespace klab
