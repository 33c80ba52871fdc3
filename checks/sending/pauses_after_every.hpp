#pragma once

#include <string_view>

#include "checks/facts/pace.hpp"
#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// A program of the role pauses after every 5th record that it sends, before the next (`pace` has the
/// numbers), and not after most of the others as well. Judged on the records' own timestamps, with an
/// allowance of 100 ms: the wire sees what lingers in the client, or waits there for acknowledgements, later
/// than it was sent. Pauses may be longer. Records are counted in the order in which the program sent them.
///
/// Some clients set timestamps only when they send. So the first pause counts only where it is there, or too
/// short even with what connecting may have hidden of it; one that lacks less than 0.5 s does not where its
/// five records lie further apart than others do, or the pause before is longer by as much. Undecided where
/// these are more than a third, and where all but the last pause are there, and that one but for a second.
///
/// Where timestamps say nothing (see why_not_by_timestamp), pauses that the wire shows all the same are good,
/// the first left out; else it is undecided. Undecided too when the program sent no more than five records,
/// or was not heard in full.
Verdict pauses_after_every(const History& history, std::string_view topic, std::string_view role,
                           const Pace& pace);

}  // namespace klab
