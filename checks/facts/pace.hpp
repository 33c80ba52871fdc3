#pragma once

#include <cstddef>

#include "checks/history/moment.hpp"

namespace klab {

/// How a producer is to pace itself: a pause after every so many records, and a flush after every so many.
struct Pace {
  std::size_t pause_every = 5;
  std::size_t flush_every = 15;  ///< a multiple of pause_every
  Moment pause = std::chrono::seconds(2);
  Moment hold =
      std::chrono::milliseconds(4500);  ///< for which the tap keeps acknowledgements back for a while
};

// The wire sees a send later than the program makes it, so pauses can look this much shorter.
inline constexpr Moment kPauseAllowance = std::chrono::milliseconds(100);

/// However long a client lets records linger, the flush sends them; while acknowledgements are kept back, few
/// requests in flight can hold them up once more.
inline Moment longest_stay(const Pace& pace) {
  const auto pauses = static_cast<Moment::rep>(pace.flush_every / pace.pause_every);
  return pauses * pace.pause + pace.hold + std::chrono::seconds(1);
}

}  // namespace klab
