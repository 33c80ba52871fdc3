#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Programs that were told one group are given each message once: by a member that owns its partition, and
/// again only after a hand-over, from the position on that was committed by then. That is the at-least-once
/// that Kafka promises: what a member has read and not yet committed comes to the next one again.
///
/// A position that nobody ever committed is no such hand-over: where the group has committed nothing for a
/// partition in all of the play, not even tried to, a message that is given a second time refutes.
///
/// Within one ownership a client may fetch a message again which its program never saw (it dropped what it
/// had fetched ahead). So that is judged by what is printed: a program prints a record no more often than it
/// owned a partition from which it was given it.
///
/// Undecided when a program was not heard in full, they are not members of one group, or none was given
/// anything.
Verdict once_in_group(const History& history, std::string_view topic, std::string_view told_group);

}  // namespace klab
