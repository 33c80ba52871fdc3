#include "cli/wire_view.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "checks/errors.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

bool wants_colour() { return isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr; }

}  // namespace

void WireView::print(const std::vector<WatchLine>& lines) const {
  if (lines.empty()) return;
  // Anew each time: a machine that slept has one clock that went on and one that did not.
  const auto began = std::chrono::system_clock::now() - recorder_.now();
  std::string text;
  for (const WatchLine& line : lines) text += shown_line(line, began + line.at, wants_colour()) + "\n";
  if ((std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) && !is_interrupted())
    throw HarnessError(fmt::format("cannot write to stdout: {}", std::strerror(errno)));
}

}  // namespace klab
