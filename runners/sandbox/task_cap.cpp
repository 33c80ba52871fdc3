#include "runners/sandbox/task_cap.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace klab {
namespace {

namespace fs = std::filesystem;

using namespace std::chrono_literals;

constexpr std::string_view kPrefix = "klab-";
// The dead are members until somebody has heard of their end.
constexpr auto kToEmpty = 1s;

/// Where groups with the pids controller may lie: beside our own, or at the top.
std::vector<fs::path> parents() {
  const fs::path root = "/sys/fs/cgroup";
  std::vector<fs::path> found;
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // "8:pids:/ours", "0::/ours"
    const std::size_t second = line.find(':', line.find(':') + 1);
    if (second == std::string::npos) continue;
    const bool is_unified = line.starts_with("0::");
    if (!is_unified && line.find(":pids:") == std::string::npos) continue;
    const fs::path top = is_unified ? root : root / "pids";
    found.push_back(top / fs::path(line.substr(second + 1)).relative_path());
    found.push_back(top);
  }
  return found;
}

/// Those of a klab that was killed. A group with processes in it cannot be removed.
void remove_leftovers(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename();
    pid_t owner = 0;
    if (!name.starts_with(kPrefix)) continue;
    std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), owner);
    if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) rmdir(entry.path().c_str());
  }
}

bool set_most(const fs::path& group, std::uint64_t most) {
  std::ofstream limit(group / "pids.max", std::ios::in);  // must be there
  return static_cast<bool>(limit << most << std::flush);
}

}  // namespace

TaskCap::TaskCap(std::uint64_t most) {
  static std::atomic<int> made = 0;
  const std::string name = fmt::format("{}{}-{}", kPrefix, getpid(), ++made);
  for (const fs::path& parent : parents()) {
    std::error_code refused;
    const fs::path group = parent / name;
    if (!fs::create_directory(group, refused)) continue;
    if (set_most(group, most)) {
      folder_ = group;
      remove_leftovers(parent);
      return;
    }
    rmdir(group.c_str());
  }
}

TaskCap::~TaskCap() {
  if (folder_.empty()) return;
  const auto deadline = std::chrono::steady_clock::now() + kToEmpty;
  while (rmdir(folder_.c_str()) != 0 && errno == EBUSY && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(1ms);
}

}  // namespace klab
