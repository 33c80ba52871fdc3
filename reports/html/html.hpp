#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// The run as one page that needs nothing else: no network, no script. First what failed, why and what to do;
/// then every section with its properties and programs; last how the run was made. Whatever a program printed
/// is text here.
std::string html_report(const RunResult& run);

}  // namespace klab
