#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every partition of the topic is owned, and by one member at a time, among the programs of the role. Three
/// things are asked, on the ownerships that the wire shows (see ownership.hpp): no two members of a group own
/// a partition at the same time; at some moment every partition has an owner; and no program is given
/// messages of a partition that it does not own, but for 6 seconds after it has given it up or lost it, in
/// which a response may still be under way, or the news. A moment without an owner, as in any rebalance, is
/// no fault, nor is a member that was expelled and does not know yet.
///
/// Undecided when nobody was assigned anything, or a program was not heard in full.
Verdict owned_by_one(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
