#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

struct TerminalStyle {
  bool colour = false;
  int width = 100;  ///< columns; below 40 it is taken as 40
};

/// The run as a person reads it in a terminal: a table of properties by section, then what went wrong and
/// what to do, last one line that sums up. The only escape sequences in it are its own colours.
std::string terminal_report(const RunResult& run, TerminalStyle style);

}  // namespace klab
