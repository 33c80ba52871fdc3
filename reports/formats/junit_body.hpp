#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// Where a property is asserted. Always names a file and a line: readers of JUnit go guessing without.
struct SpecPlace {
  std::string file = {};
  int line = 1;
};

SpecPlace spec_place(const PropertyResult& property);

/// The text inside <failure> and <error>: expected, actual, judged, evidence and hint, a line each with its
/// label, and last a line in the form of a Java stack frame, from which some readers take file and line. Not
/// escaped.
std::string junit_body(const PropertyResult& property);

}  // namespace klab
