#pragma once

#include <functional>
#include <iosfwd>

#include "runners/eventually.hpp"

namespace klab {

/// How many threads want to run, as proc(5) says it in loadavg; 0 where it does not.
double running_threads(std::istream& loadavg);

/// How many threads of this machine want to run for each of its cores; at least 1, which
/// is also the answer where the kernel does not tell.
double threads_a_core();

/// Measures how long a program has had for what it is to do: as long as the clock says while there is a core
/// for everyone, and less where they take turns. So a deadline falls due after as much work on a machine that
/// is overrun as on an idle one, and nobody is failed for what others do. It is at most kSlowest times slower
/// than the clock, since the program itself may be what overruns the machine.
///
/// Needs to be asked again and again, for it takes what it finds for what has been since it was last asked.
class FairWatch {
 public:
  static constexpr double kSlowest = 8;

  explicit FairWatch(std::function<double()> crowding = threads_a_core) : crowding_(std::move(crowding)) {}

  /// Since it was made.
  Clock::duration passed();

 private:
  std::function<double()> crowding_;
  Clock::time_point asked_ = Clock::now();
  Clock::duration passed_ = {};
};

}  // namespace klab
