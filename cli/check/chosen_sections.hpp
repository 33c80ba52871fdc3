#pragma once

#include <string>
#include <vector>

#include "specs/lab.hpp"

namespace klab {

/// The sections that were asked for, in the lab's order; all when none was. Throws BadInput for one that the
/// lab does not have.
std::vector<PlannedSection> choose_sections(const Lab& lab, const std::vector<std::string>& asked);

}  // namespace klab
