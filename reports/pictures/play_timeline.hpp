#pragma once

#include <optional>
#include <vector>

#include "checks/history/history.hpp"
#include "reports/pictures/timeline.hpp"

namespace klab {

/// When the first program of a play started, and the last one ended.
Moment begin_of_programs(const History& history);
Moment end_of_programs(const History& history);

/// What each program of a play did and when: how long it ran, when it sent and was given records, its
/// transactions and what they came to, and when acknowledgements were kept back from it. Nothing where
/// nothing ran.
std::optional<Timeline> play_timeline(const History& history);

}  // namespace klab
