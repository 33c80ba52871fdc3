#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every batch that the programs of a role sent was acknowledged to them before they closed the connection
/// that they had sent it on. A batch that was sent again counts when one of its sendings was acknowledged,
/// and so does one that the broker had stored before (DUPLICATE_SEQUENCE_NUMBER). With acks=0 a program asks
/// for no acknowledgement and so has none. Says nothing of records that never left the program: those are
/// missing in the log.
///
/// Undecided when nothing was sent, or when the wire was not heard in full.
Verdict acknowledged_before_exit(const History& history, std::string_view role);

}  // namespace klab
