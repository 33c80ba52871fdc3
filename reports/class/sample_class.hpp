#pragma once

#include "reports/class/class_result.hpp"

namespace klab {

/// A class written by hand for the tests and goldens: graded well and badly, with errors of the grader,
/// refused, broken off, not graded yet, and names of folders that attack whoever shows them.
ClassResult sample_class();

}  // namespace klab
