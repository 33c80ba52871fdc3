#pragma once

#include <string>

#include "reports/class/class_result.hpp"

namespace klab {

/// The class as one page, to lie in the class's folder: scores and how they are spread, what fails most,
/// where the grader fell short, what cannot be graded, what took longest, and a table of all with links to
/// their reports. Like the report of one run it runs nothing and loads nothing.
std::string class_page(const ClassResult& result);

}  // namespace klab
