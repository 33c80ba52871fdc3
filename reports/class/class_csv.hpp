#pragma once

#include <string>
#include <string_view>

#include "reports/class/class_result.hpp"

namespace klab {

/// One cell as RFC 4180 has it. What a spreadsheet would take for a formula, because of its first character,
/// gets an apostrophe before it; control characters and line breaks are dropped.
std::string csv_cell(std::string_view raw);

/// The class as a table, a header and then a line a folder: submission, state, points, of, the points of each
/// section, how many properties passed, failed, were skipped, are errors of the grader, were not run, the
/// outcome of each property, reason, run, seconds. A folder that was not graded has no points, rather than 0.
/// The same runs make the same lines; only `seconds`, the last, differs between two gradings of one folder.
std::string class_csv(const ClassResult& result);

}  // namespace klab
