#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// The run as JUnit XML: plain, flat and complete, because each reader understands another part of the
/// format. Every property is one testcase with at most one of failure (the submission's), error (the
/// grader's) and skipped. A run or section without properties still has a testcase, an error: readers take an
/// empty report for success.
std::string junit_xml(const RunResult& run);

}  // namespace klab
