#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// A role's programs are given every record that the topic held when they began, print none of them, end by
/// themselves, and leave the topic there, the same one by its id, with all of its records.
///
/// One poll may fetch all there is ahead of the program. So where a program says goodbye to its group, the
/// position that it committed last has to be the end of the partition; where it commits nothing, or vanishes,
/// what it was given is all that can be known. Other output is free, and so is its exit code.
///
/// Undecided when no program of the role ran, the grader did not look at the topic before and after, the
/// topic held nothing, or a program was not heard in full.
Verdict reads_and_discards(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
