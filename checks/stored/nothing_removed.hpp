#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// While the programs of a role consumed, nothing was removed from the topic: whenever the grader looked
/// after its first look, the topic was the same one, by its id (KIP-516), and each partition's log began
/// where it had begun and reached at least as far. A topic that was deleted and made again under its name is
/// another.
///
/// Undecided when the grader did not look at least twice, the topic held nothing, or the programs were given
/// nothing of it: then nothing was consumed.
Verdict nothing_removed(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
