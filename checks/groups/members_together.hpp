#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// All programs of the role are members of one group together: at some moment each of them owns a partition
/// of the topic in the same group. Which group that is, how many members a program has and who owns what is
/// free. Joining one after the other is not enough: two that share a group.instance.id both join, and each
/// takes the other's place.
///
/// The topic needs at least as many partitions as there are members, or some rightly own none. Undecided when
/// fewer than two programs ran, or one was not heard in full.
Verdict members_together(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
