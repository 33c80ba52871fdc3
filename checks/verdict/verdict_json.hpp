#pragma once

#include <string>
#include <vector>

#include "checks/verdict/verdict.hpp"

namespace klab {

/// One line of verdicts.jsonl: what one TEST of a spec found. `verdict` is meaningless where `harness_error`
/// is set.
struct JudgedTest {
  std::string test = {};  ///< "Initialization.StoresEveryRecordOnce"
  std::string file = {};
  int line = 0;
  double seconds = 0;
  Verdict verdict = {};
  std::string harness_error = {};  ///< why the grader could not judge; empty when it did
};

/// One line, without the line break.
std::string to_json_line(const JudgedTest& judged);

/// Reads verdicts.jsonl. A last line that was cut off by a crash is passed over; anything else malformed is
/// BadInput.
std::vector<JudgedTest> read_judged_tests(const std::string& text, const std::string& source);

}  // namespace klab
