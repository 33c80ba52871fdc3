#pragma once

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "runners/eventually.hpp"
#include "runners/file_descriptor.hpp"

namespace klab {

/// How a process ended: with an exit code, or by a signal.
struct ExitStatus {
  std::optional<int> exit_code = {};
  int signal = 0;

  bool is_success() const { return exit_code == 0; }
};

std::string describe(const ExitStatus& status);

/// What to run, and where. Descriptors of -1 mean /dev/null.
struct ChildPlan {
  std::vector<std::string> argv = {};
  std::vector<std::string> environment = {};  ///< NAME=value; nothing is inherited
  std::filesystem::path folder = "/";
  int in = -1, out = -1, err = -1;
  int inherited = -1;  ///< one more descriptor, which keeps its number in the child
  int signal_when_klab_dies = SIGKILL;
};

/// A child in a session and process group of its own, with default signal handling. Whatever happens to klab,
/// the child goes: the destructor kills the group, and the kernel does so for the leader when klab itself is
/// killed. Must be made on a thread that lives as long as the child.
class ChildProcess {
 public:
  /// Throws HarnessError when the system refuses. A program that does not exist ends with exit code 127.
  explicit ChildProcess(const ChildPlan& plan);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  bool is_running();

  /// Waits for the leader's end, for so long by a FairWatch; false if it still runs. Throws Interrupted.
  bool wait(Clock::duration within);

  /// The same, whatever the user asks for in the meantime: for the way out.
  bool wait_uninterrupted(Clock::duration within) const;

  /// Signals every process of the group, also those that outlived their leader; nothing once `finish` was
  /// called.
  void signal_group(int signal) const;

  /// SIGINT, then SIGTERM, then SIGKILL, each with its time to take effect; not to be interrupted.
  void stop(Clock::duration patience);

  /// Kills what is left of the group and reaps the leader, which must have ended or gets killed.
  ExitStatus finish();

  /// When the leader ended; after `finish`.
  Clock::time_point ended_at() const { return ended_at_; }

 private:
  enum class Interruptible { no, yes };

  bool wait(Clock::duration within, Interruptible interruptible) const;

  pid_t pid_ = -1;
  FileDescriptor pidfd_;
  std::optional<ExitStatus> status_;
  Clock::time_point ended_at_ = {};
  std::thread watch_;  // for that moment
};

/// klab's own environment, for the grader's own tools.
std::vector<std::string> own_environment();

}  // namespace klab
