#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// What the programs of a role printed are the topic's committed records: the rule of printed_once, of which
/// aborted records are no part. The log's reader at read_uncommitted is the control: it has to see records of
/// aborted transactions, or nothing was there to be left out, and what would hold is undecided.
///
/// Undecided also where printed_once is.
Verdict printed_committed(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
