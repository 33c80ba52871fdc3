#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// The run as workflow commands of GitHub Actions, one a line: an error for each property that failed, what
/// is worth most first; a warning for each that the grader could not judge; one notice that sums up. GitHub
/// shows ten of a kind for each step: where there are more, the tenth counts the rest. A skipped property is
/// folded into what it needs. No line is anything but one of these, whatever a program printed.
std::string annotations(const RunResult& run);

}  // namespace klab
