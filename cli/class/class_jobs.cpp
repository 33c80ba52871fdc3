#include "cli/class/class_jobs.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>
#include <thread>

namespace klab {
namespace {

constexpr std::size_t kJobsACore = 4;
constexpr double kMostThreadsACore = 3;
constexpr std::chrono::seconds kMeanOver{2};
constexpr std::chrono::duration<double> kToShowWhatItTakes{8};  // to a single core
// Of programs in Java, which take most, and of the JVM of the brokers, which takes half a gigabyte for nine.
constexpr std::uint64_t kBytesASection = std::uint64_t{200} << 20;

/// Without what programs have reserved; no limit where the kernel does not tell.
std::uint64_t available_memory() {
  std::ifstream in("/proc/meminfo");
  for (std::string name; in >> name; in.ignore(std::numeric_limits<std::streamsize>::max(), '\n'))
    if (std::uint64_t kibibytes = 0; name == "MemAvailable:" && in >> kibibytes) return kibibytes << 10;
  return std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

std::size_t jobs_for(std::size_t cores, std::uint64_t available_bytes, std::size_t sections) {
  const std::uint64_t a_submission = kBytesASection * std::max<std::size_t>(sections, 1);
  const std::uint64_t by_memory = available_bytes / a_submission;
  return static_cast<std::size_t>(
      std::clamp<std::uint64_t>(by_memory, 1, kJobsACore * std::max<std::size_t>(cores, 1)));
}

std::size_t jobs_for_this_machine(std::size_t sections) {
  return jobs_for(std::thread::hardware_concurrency(), available_memory(), sections);
}

bool Admission::admits(std::size_t under_way, Clock::time_point now) {
  look(now);
  const bool has_shown = !admitted_ || now - *admitted_ >= kToShowWhatItTakes / cores_;
  const bool has_room = under_way == 0 || (has_shown && crowded_ < kMostThreadsACore);
  if (under_way >= jobs_ || !has_room) return false;
  admitted_ = now;
  return true;
}

void Admission::look(Clock::time_point now) {
  const std::chrono::duration<double> since = now - looked_.value_or(now);
  looked_ = now;
  crowded_ += (crowding_() - crowded_) * std::min(since / kMeanOver, 1.0);
}

}  // namespace klab
