#include "runners/fair_watch.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>

namespace klab {

double running_threads(std::istream& loadavg) {
  std::string averages;
  double running = 0;
  for (int i = 0; i < 3; ++i) loadavg >> averages;
  loadavg >> running;  // "43/1180": what wants to run of what there is
  return running;
}

double threads_a_core() {
  std::ifstream loadavg("/proc/loadavg");
  const double cores = std::max(std::thread::hardware_concurrency(), 1u);
  return std::max(running_threads(loadavg) / cores, 1.0);
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
