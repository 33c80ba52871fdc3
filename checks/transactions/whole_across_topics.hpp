#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Each transaction of a role's programs holds `records` records of each of the topics, and the log shows a
/// reader of committed records either all of them or none. What they send to other topics is not asked.
///
/// A client drops what has not left yet when its program aborts, so an aborted transaction with fewer records
/// is passed over, and so is one that was never ended.
///
/// Undecided when no transaction is left to be judged, a topic was not read to its end, or a program was not
/// heard in full.
Verdict whole_across_topics(const History& history, std::string_view role,
                            const std::vector<std::string>& topics, std::size_t records);

}  // namespace klab
