#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Each of these groups is given everything: every message that the topic's log holds was delivered to one of
/// the programs that were told the group, and printed by one of them. Judged against the log. A message that
/// comes again after a hand-over may be printed again: at least as often as stored, at most as often as
/// delivered, and not before. Lines are read as printed_once does; where all lines count, no upper bound.
///
/// Undecided when a group had no program, when its programs had ended by themselves before what they lack was
/// stored, the topic is empty or was not read to its end, when all is printed
/// but a program was not heard in full, and when its output may have died in a buffer.
Verdict group_given_all(const History& history, std::string_view topic,
                        const std::vector<std::string>& told_groups);

}  // namespace klab
