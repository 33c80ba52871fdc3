#pragma once

#include <string>

#include "reports/pictures/timeline.hpp"

namespace klab {

/// What a timeline shows, for those who cannot see it: one sentence for each of the first lanes. Raw.
std::string in_words(const Timeline& timeline);

/// The ticks of one kind in a lane: "sends records: 1000 from 1.20 s to 3.41 s". Empty where there is none.
/// Raw.
std::string ticks_in_words(const Timeline& timeline, const TimelineLane& lane, Hue hue);

}  // namespace klab
