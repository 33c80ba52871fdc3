#pragma once

#include <string>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict_json.hpp"
#include "reports/run_result.hpp"
#include "runners/submission/submission.hpp"
#include "specs/lab.hpp"

namespace klab {

/// What is known of a section once its spec has ended, in whatever way.
struct SectionFacts {
  std::vector<JudgedTest> tests = {};     ///< those that were judged
  std::vector<ProgramRun> programs = {};  ///< empty when there is no history
  std::string spec_failure = {};          ///< "the spec died of signal 11"; empty when it ran to its end
  std::string setup_failure = {};         ///< the submission's setup went wrong
  std::string setup_output = {};
};

/// A planned section before anything was run.
SectionResult planned_result(const PlannedSection& section);

/// Says of every planned property what the report says of it. What was judged is reported even when other
/// properties, or the spec, came to grief.
void decide_outcomes(SectionResult& result, const PlannedSection& section, const Submission& submission,
                     const SectionFacts& facts);

/// Explains undecided verdicts: by a need that does not hold, whichever section it belongs to; else they are
/// the grader's own shortfall. Good at any time of a run; what is said is final when all sections are over.
void settle_undecided(RunResult& run);

}  // namespace klab
