#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace klab {

/// How records were spread over the partitions, which are numbered from 0, by the partition of each in the
/// order of sending: "round robin", where every so many in a row have as many partitions; "sticky", where
/// runs of them stay in one; "random", where the next may well be drawn whatever the one before was. Empty
/// where it is none of these, or there are too few to tell.
std::string spread_of(const std::vector<int>& sequence, int partitions);

/// How often the next is elsewhere than the one before.
std::size_t switches_in(const std::vector<int>& sequence);

}  // namespace klab
