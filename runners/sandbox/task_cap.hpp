#pragma once

#include <cstdint>
#include <filesystem>

namespace klab {

/// A control group in which there may be no more than so many processes and threads at a time: fork() fails
/// there, before a bomb has made so many that nobody gets to count them. RLIMIT_NPROC does not bind root. It
/// is made where the system has the pids controller and lets us (cgroups(7), version 1 or 2), which is seldom
/// but for root; elsewhere there is none, and `folder` is empty.
class TaskCap {
 public:
  explicit TaskCap(std::uint64_t most);
  ~TaskCap();
  TaskCap(const TaskCap&) = delete;
  TaskCap& operator=(const TaskCap&) = delete;

  /// Who writes "0" into its file kMembers joins, and so do all that it starts.
  const std::filesystem::path& folder() const { return folder_; }

  static constexpr const char* kMembers = "cgroup.procs";

 private:
  std::filesystem::path folder_ = {};
};

}  // namespace klab
