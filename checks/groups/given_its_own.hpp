#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Programs that were told one group each own some of the topic's partitions at the same time, and each is
/// given records of partitions that it owns and of no others. So none of them owns all. How many records that
/// is depends on the keys: a member whose partitions hold none is right.
///
/// One answer that comes after a partition was given up is let pass: it was asked for before.
///
/// Undecided when fewer than `programs` ran, one was not heard in full, they are not members of one group, or
/// the group was still changing five seconds before the first of them was told to stop; and when nobody was
/// given anything.
Verdict given_its_own(const History& history, std::string_view topic, std::string_view told_group,
                      std::size_t programs);

}  // namespace klab
