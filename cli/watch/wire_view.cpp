#include "cli/watch/wire_view.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>

#include "checks/errors.hpp"
#include "cli/terminal_style.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

constexpr std::size_t kBytesAWrite = 4096;  // a pipe that has any room has as much

/// Waits until stdout takes more; once klab is to stop it waits for nobody.
bool has_room() {
  std::array<pollfd, 2> either{pollfd{STDOUT_FILENO, POLLOUT, 0}, pollfd{interruption_fd(), POLLIN, 0}};
  while (poll(either.data(), either.size(), is_interrupted() ? 0 : -1) < 0 && !is_interrupted()) continue;
  return either[0].revents != 0;
}

void write_out(std::string_view text) {
  while (!text.empty() && has_room()) {
    const ssize_t written = write(STDOUT_FILENO, text.data(), std::min(text.size(), kBytesAWrite));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw HarnessError(fmt::format("cannot write to stdout: {}", std::strerror(errno)));
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void WireView::print(const std::vector<WatchLine>& lines) const {
  if (lines.empty()) return;
  // Anew each time: a machine that slept has one clock that went on and one that did not.
  const auto began = std::chrono::system_clock::now() - recorder_.now();
  std::string text;
  for (const WatchLine& line : lines) text += shown_line(line, began + line.at, wants_colour()) + "\n";
  write_out(text);
}

}  // namespace klab
