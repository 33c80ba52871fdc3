#include "cli/terminal_style.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace klab {

TerminalStyle terminal_style() {
  if (isatty(STDOUT_FILENO) != 1) return {};
  winsize size{};
  const bool has_width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return {.colour = std::getenv("NO_COLOR") == nullptr, .width = has_width ? size.ws_col : 100};
}

}  // namespace klab
