#include "runners/process/run_command.hpp"

#include <fcntl.h>
#include <poll.h>

#include <array>

#include "checks/errors.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kToEndAfterItsOutput = 5s;
constexpr auto kPatienceWithTools = 10s;

/// What comes until the other side closes, or the time is up.
std::string read_all(const FileDescriptor& from, Clock::time_point deadline) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    throw_if_interrupted();
    std::array<pollfd, 2> waited{{{from.get(), POLLIN, 0}, {interruption_fd(), POLLIN, 0}}};
    if (poll(waited.data(), waited.size(), milliseconds_until(deadline)) == 0) return text;
    if (waited[0].revents == 0) continue;
    const ssize_t count = read(from.get(), buffer.data(), buffer.size());
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

CommandResult run_command(const std::vector<std::string>& argv, Clock::duration within, bool shows_stderr) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw HarnessError("cannot make a pipe");
  const FileDescriptor reading(ends[0]);
  FileDescriptor writing(ends[1]);
  ChildProcess child({.argv = argv,
                      .environment = own_environment(),
                      .out = writing.get(),
                      .err = shows_stderr ? STDERR_FILENO : writing.get()});
  writing.reset();
  try {
    const auto deadline = Clock::now() + within;
    CommandResult result{.output = read_all(reading, deadline)};
    const bool is_late = Clock::now() >= deadline;
    result.was_stopped = !child.wait(is_late ? 0s : kToEndAfterItsOutput);
    if (result.was_stopped) child.stop(kPatienceWithTools);
    result.status = child.finish();
    return result;
  } catch (const Interrupted&) {
    child.stop(kPatienceWithTools);
    throw;
  }
}

}  // namespace klab
