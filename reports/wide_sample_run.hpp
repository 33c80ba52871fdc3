#pragma once

#include "reports/run_result.hpp"

namespace klab {

/// The sample run, and what is not in every lab: an optional section that was not attempted, another that
/// was, and hidden properties, one of which fails. Its words must not be in what a student is told:
/// "unlucky key".
RunResult wide_sample_run();

/// A run in which every text that a submission has a say in is the same hostile one: a property of each
/// outcome, and one whose texts begin with a line of 10 MB. Of the output there is the end only, as ever.
RunResult hostile_run();

}  // namespace klab
