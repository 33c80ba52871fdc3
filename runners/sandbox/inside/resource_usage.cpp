#include "runners/sandbox/inside/resource_usage.hpp"

#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

namespace klab {
namespace {

namespace fs = std::filesystem;
using Processes = std::vector<fs::path>;  // their folders

constexpr std::size_t kMostCounted = 10'000;  // a fork bomb need not be counted to its end

Processes processes_in(const fs::path& proc) {
  Processes found;
  std::error_code failed;  // where memory is short; there will be another look
  for (fs::directory_iterator entry(proc, failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string name = entry->path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos || name == "1") continue;
    found.push_back(entry->path());
    if (found.size() == kMostCounted) break;
  }
  return found;
}

/// What it has mapped and is in memory; shared pages count for each that shares them.
std::uint64_t resident(const fs::path& process) {
  std::uint64_t size = 0, pages = 0;
  std::ifstream(process / "statm") >> size >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

/// The same with its share of shared pages; dear to ask for.
std::uint64_t proportional(const fs::path& process) {
  std::ifstream rollup(process / "smaps_rollup");
  std::string word;
  while (rollup >> word)
    if (std::uint64_t kibibytes = 0; word == "Pss:" && rollup >> kibibytes) return kibibytes * 1024;
  return resident(process);
}

template <class Measure>
std::uint64_t sum(const Processes& processes, Measure measure) {
  std::uint64_t bytes = 0;
  for (const fs::path& process : processes) bytes += measure(process);
  return bytes;
}

}  // namespace

std::optional<LimitHit> too_many_processes(const SandboxLimits& limits, const fs::path& proc) {
  if (limits.processes == 0) return std::nullopt;
  const std::size_t count = processes_in(proc).size();
  if (count <= limits.processes) return std::nullopt;
  return LimitHit{"processes", count, limits.processes};
}

std::optional<LimitHit> too_much_memory(const SandboxLimits& limits, const fs::path& proc) {
  if (limits.memory == 0) return std::nullopt;
  const Processes processes = processes_in(proc);
  if (sum(processes, resident) <= limits.memory) return std::nullopt;
  const std::uint64_t used = sum(processes, proportional);
  if (used <= limits.memory) return std::nullopt;
  return LimitHit{"memory", used, limits.memory};
}

}  // namespace klab
