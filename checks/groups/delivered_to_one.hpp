#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every stored record of the topic is delivered to exactly one program of the role, as members of one group
/// share them. A record that two were given is legal where its partition changed hands between: Kafka
/// delivers again what was not committed then. So is what comes to one that has given the partition up, in
/// answer to a Fetch that it had sent before: its client drops it. Says who was given how much, and why: from
/// the partitions that each owned, and the keys that the records have. Nothing is asked of that distribution.
///
/// Undecided when the topic holds nothing or was not read to its end, and when a program was not heard in
/// full.
Verdict delivered_to_one(const History& history, std::string_view topic, std::string_view role);

/// How many stored records of the topic more than one program of the role was given.
std::size_t delivered_to_several(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
