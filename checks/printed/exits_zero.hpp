#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every run of the role ended by itself, before its deadline, with exit code 0. For programs that are
/// expected to end: a consumer that the section stops is never judged by its exit code. Undecided when the
/// role never ran.
Verdict exits_zero(const History& history, std::string_view role);

}  // namespace klab
