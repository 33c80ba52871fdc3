#pragma once

#include <string>
#include <vector>

#include "runners/process/child_process.hpp"

namespace klab {

/// How a tool ended, and what it printed.
struct CommandResult {
  ExitStatus status = {};
  std::string output = {};
  bool was_stopped = false;  ///< it did not end by itself; its status says how it took that
};

/// Runs one of the grader's own tools to its end and returns what it printed: on both streams, or on stdout
/// alone where stderr is shown to the user as it comes. Stops it after `within`, and when the user asks klab
/// to stop.
CommandResult run_command(const std::vector<std::string>& argv, Clock::duration within,
                          bool shows_stderr = false);

}  // namespace klab
