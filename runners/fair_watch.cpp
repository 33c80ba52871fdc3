#include "runners/fair_watch.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>

namespace klab {

double threads_a_core() {
  std::ifstream in("/proc/loadavg");
  std::string averages;
  double running = 0;
  for (int i = 0; i < 3; ++i) in >> averages;
  in >> running;  // "43/1180": what wants to run of what there is
  const double cores = std::max(std::thread::hardware_concurrency(), 1u);
  return std::max(running / cores, 1.0);
}

Clock::duration FairWatch::passed() {
  const auto now = Clock::now();
  const std::chrono::duration<double> by_the_clock = now - asked_;
  asked_ = now;
  passed_ +=
      std::chrono::duration_cast<Clock::duration>(by_the_clock / std::clamp(crowding_(), 1.0, kSlowest));
  return passed_;
}

}  // namespace klab
