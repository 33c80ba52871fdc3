#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// The run, or one section of it, as the result that a grader of GitHub Classroom hands on: its output
/// `result` is this in base64 (classroom-resources/autograding-grading-reporter, src/main.js). max_score is
/// always there, and is what the lab requires, hidden properties included: that reporter drops a result
/// without it, and so would raise the percentage. What the grader could not judge is "error", and has no
/// points yet. Small enough for an environment variable. No text makes a command of GitHub's runner where the
/// reporter prints it.
std::string classroom_json(const RunResult& run);
std::string classroom_json(const SectionResult& section);

/// The two notices from which Classroom reads the points, as workflow commands: one step of a job may print
/// them, and only where the reporter does not.
std::string classroom_notices(const RunResult& run);

}  // namespace klab
