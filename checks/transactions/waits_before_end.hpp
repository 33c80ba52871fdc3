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
/// wait is long enough only with the time for which the client kept records back that it did not yet stamp
/// (sarama, while it adds partitions), or that the program had stamped with another time, such as that of an
/// event: after it had told the broker of the transaction, or, where a batch was all that it told, after the
/// end of the one before; and in a program's first one since it connected (franz-go, until it knows the
/// topic).
Verdict waits_before_end(const History& history, std::string_view role, Moment wait, Moment allowance);

}  // namespace klab
