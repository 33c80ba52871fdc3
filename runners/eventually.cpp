#include "runners/eventually.hpp"

#include <poll.h>

#include <algorithm>

#include "runners/interruption.hpp"

namespace klab {

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

bool eventually(const std::function<bool()>& condition, Clock::duration within, Clock::duration pause) {
  const auto deadline = Clock::now() + within;
  for (;;) {
    throw_if_interrupted();
    if (condition()) return true;
    const auto left = deadline - Clock::now();
    if (left <= Clock::duration::zero()) return false;
    // Waits for an interruption rather than sleeping, so that Ctrl-C is answered at once.
    pollfd wake_up{interruption_fd(), POLLIN, 0};
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::min(pause, left));
    poll(&wake_up, 1, static_cast<int>(wait.count()));
  }
}

}  // namespace klab
