#include "runners/eventually.hpp"

#include <poll.h>

#include <algorithm>

#include "runners/fair_watch.hpp"
#include "runners/interruption.hpp"

namespace klab {

int milliseconds_until(Clock::time_point deadline) { return milliseconds_of(deadline - Clock::now()); }

int milliseconds_of(Clock::duration left) {
  return static_cast<int>(
      std::max<std::int64_t>(std::chrono::ceil<std::chrono::milliseconds>(left).count(), 0));
}

bool eventually(const std::function<bool()>& condition, Clock::duration within, Clock::duration pause) {
  FairWatch watch;
  for (;;) {
    throw_if_interrupted();
    if (condition()) return true;
    if (watch.passed() >= within) return false;
    // Waits for an interruption rather than sleeping, so that Ctrl-C is answered at once.
    pollfd wake_up{interruption_fd(), POLLIN, 0};
    poll(&wake_up, 1, milliseconds_of(std::min(pause, within)));
  }
}

}  // namespace klab
