#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// In each transaction of a role's programs at least `wait`, less `allowance`, lies between its last record
/// and the moment at which the program asks for its end, be it a commit or an abort. There is no upper
/// bound.
///
/// The wire sees a record later than the program sends it: a first record has to wait for a connection, a
/// batch for its linger. So where the wire alone shows too little, the record's create time is asked, unless
/// it cannot be true: it must not lie before the end of the transaction before (of the first one: before the
/// program's start), nor after the batch arrived.
///
/// Undecided when no transaction with a record was ended, or a program was not heard in full; and where the
/// wait is long enough only with the time for which the client kept the records back and did not yet stamp
/// them: after it had told the broker of the transaction (sarama does so while it adds partitions), and in a
/// program's first one since it connected (franz-go does so until it knows the topic).
Verdict waits_before_end(const History& history, std::string_view role, Moment wait, Moment allowance);

}  // namespace klab
