#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// The run as results.json of Gradescope's autograders
/// (https://gradescope-autograders.readthedocs.io/en/latest/specs/). Give it the whole run: each property is
/// a test with Gradescope's own visibility, after_due_date where it is hidden; what the student reads above
/// the tests tells nothing of those. (Where any is hidden Gradescope shows the student no total.)
///
/// The sum of max_score is what the lab requires, the same for every submission; what an optional section
/// gives comes on top, with a max_score of 0. A property that the grader could not judge has no points yet,
/// no status, the tag "not judged" and a text that says so. The top score is the sum of the tests' scores.
/// Every text stays below what Gradescope cuts off, and says where it was cut.
std::string gradescope_json(const RunResult& run);

}  // namespace klab
