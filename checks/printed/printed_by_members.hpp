#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Programs of the role together print every stored record once: printed_once, for members of one group. What
/// a partition that changes hands has delivered again may be printed again, so more prints than records are
/// undecided then.
Verdict printed_by_members(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
