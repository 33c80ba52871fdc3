#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// The programs that were told one group are members of one group, and share the topic's partitions out: at
/// no time does a partition belong to two members, and once all have joined there is a time when each
/// partition belongs to one. How the group is called, and who gets how much, is not judged here.
///
/// Ownership is read from the assignments (see ownership.hpp). While a group rebalances partitions may be
/// nobody's. A program refutes that was given messages and never became a member, as it assigned itself what
/// it reads; and one that came to a bad end before it was a member.
///
/// Undecided when fewer than `programs` ran, one was not heard in full, one neither joined nor was given
/// anything, one had ended before another joined, or the group was still changing five seconds before the
/// first of them was told to stop.
Verdict shared_out(const History& history, std::string_view topic, std::string_view told_group,
                   std::size_t programs);

}  // namespace klab
