#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// The programs of a role read each of the topics: they ask the broker for records of it. What they are given
/// and print is not asked here. Undecided when none of them ran, or one was not heard in full.
Verdict reads_topics(const History& history, std::string_view role, const std::vector<std::string>& topics);

}  // namespace klab
