#pragma once

#include <cstddef>
#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Each transaction of a role's programs holds exactly `records` records. Records are counted as the wire
/// saw them leave; a batch that is sent again is none.
///
/// A client drops what has not left yet when its program aborts. So an aborted transaction with fewer
/// records is passed over where its records were sent again in a later one (the program tried again after an
/// error), and leaves the verdict undecided where not; but where its last record was acknowledged a second
/// and more before the end, besides the longest that the client ever kept a record back, it had no more. One
/// that was never ended is passed over as well.
///
/// Undecided when there was no transaction, or a program was not heard in full.
Verdict records_a_transaction(const History& history, std::string_view role, std::size_t records);

}  // namespace klab
