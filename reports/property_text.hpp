#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// What is known of a property, a labelled line each: expected, actual, judged, evidence, hint. Each line is
/// bounded and starts with its label, whatever a program printed; each ends with a newline.
std::string property_text(const PropertyResult& property);

}  // namespace klab
