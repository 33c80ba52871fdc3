#pragma once

#include "reports/terminal.hpp"

namespace klab {

/// For what is printed to stdout: colours and the full width on a terminal only.
TerminalStyle terminal_style();

}  // namespace klab
