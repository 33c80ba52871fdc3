#include "cli/terminal_style.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace klab {
namespace {

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

/// Such as an editor's window for commands.
bool is_dumb() {
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) == "dumb";
}

bool is_coloured_terminal() { return isatty(STDOUT_FILENO) == 1 && !is_dumb(); }

}  // namespace

bool wants_colour() { return !is_set("NO_COLOR") && (is_set("CLICOLOR_FORCE") || is_coloured_terminal()); }

TerminalStyle terminal_style() {
  winsize size{};
  const bool has_width =
      isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return {.colour = wants_colour(), .width = has_width ? size.ws_col : 100};
}

void choose_colour(const std::string& when) {
  if (when == "auto") return;
  unsetenv(when == "always" ? "NO_COLOR" : "CLICOLOR_FORCE");
  setenv(when == "always" ? "CLICOLOR_FORCE" : "NO_COLOR", "1", 1);
}

}  // namespace klab
