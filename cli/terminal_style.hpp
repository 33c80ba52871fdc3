#pragma once

#include <string>

#include "reports/terminal/terminal.hpp"

namespace klab {

/// For what is printed to stdout: colours and the full width on a terminal only, and no colours on a dumb
/// one. NO_COLOR takes them away, CLICOLOR_FORCE gives them elsewhere.
TerminalStyle terminal_style();

/// Whether what is printed to stdout is to be coloured.
bool wants_colour();

/// Whether lines on stderr can be drawn again in place: a terminal that obeys, so no TERM=dumb.
bool can_redraw();

/// The lines, each cut at the terminal's edge: one that wraps would take two, of which the next drawing in
/// place knows nothing.
std::string cut_at_the_edge(const std::string& lines);

/// --color: "always" and "never" are said to the whole process, and to those that it starts, by these two
/// variables; "auto" leaves them as they are.
void choose_colour(const std::string& when);

}  // namespace klab
