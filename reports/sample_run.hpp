#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// A run written by hand for the tests and goldens of the reports: every outcome, every kind of failure, and
/// a program whose output attacks whoever shows it. Not a run of the real lab.
RunResult sample_run();

/// Bytes that a terminal, a browser or an XML parser must not obey: escape sequences, NUL, invalid UTF-8,
/// markup, a workflow command and a change of writing direction.
std::string hostile_output();

}  // namespace klab
