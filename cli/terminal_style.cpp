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

/// Of which an editor's window for commands is none.
bool obeys_sequences(int descriptor) {
  const char* terminal = std::getenv("TERM");
  return isatty(descriptor) == 1 && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

}  // namespace

bool wants_colour() {
  return !is_set("NO_COLOR") && (is_set("CLICOLOR_FORCE") || obeys_sequences(STDOUT_FILENO));
}

bool can_redraw() { return obeys_sequences(STDERR_FILENO); }

std::string cut_at_the_edge(const std::string& lines) { return "\033[?7l" + lines + "\033[?7h"; }

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
