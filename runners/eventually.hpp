#pragma once

#include <chrono>
#include <functional>

namespace klab {

using Clock = std::chrono::steady_clock;

/// What is left until then, or of that time, for poll(2); never negative.
int milliseconds_until(Clock::time_point deadline);
int milliseconds_of(Clock::duration left);

/// Waits until the condition holds; false when it did not within the time, by a FairWatch. Throws Interrupted
/// when the user asks klab to stop. The condition is tried at least once, then every `pause`.
bool eventually(const std::function<bool()>& condition, Clock::duration within,
                Clock::duration pause = std::chrono::milliseconds(20));

}  // namespace klab
