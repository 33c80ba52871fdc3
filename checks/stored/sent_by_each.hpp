#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every record of the sample is in the topic's log once for each program of the role, and each of the
/// programs sent every record. From the log alone nobody could tell whether two copies came from two
/// producers or from one. A refutation by the log needs no wire (see stored_times).
///
/// Undecided also when a program was not heard in full, unless the log refutes by itself.
Verdict sent_by_each(const History& history, std::string_view topic, std::string_view role,
                     std::size_t programs);

}  // namespace klab
