#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "runners/process/child_process.hpp"
#include "runners/process/output_pump.hpp"

namespace klab {

/// A spec that plays its section, or judges it again, in a process of its own: whatever becomes of it, klab
/// lives to report.
class SectionProcess {
 public:
  /// What the spec prints goes to spec.log and spec.err in `folder`.
  SectionProcess(const std::filesystem::path& spec, const std::vector<std::string>& arguments,
                 const std::filesystem::path& folder);

  bool is_running() { return child_.is_running(); }
  double seconds() const;
  std::string state() const;               ///< what it is at right now
  bool is_starting() const;                ///< its broker is not ready yet
  std::vector<std::string> notes() const;  ///< what the report must mention

  /// Asks it to stop its programs and its broker, and to end.
  void ask_to_stop() const { child_.signal_group(SIGTERM); }

  /// Waits for its end, at most `within`; then kills it. Says what went wrong, in words; empty when nothing
  /// did.
  std::string finish(Clock::duration within);

 private:
  void take_line(std::string_view line);

  Clock::time_point started_ = Clock::now();
  Clock::time_point ended_ = {};
  mutable std::mutex mutex_;
  static constexpr std::string_view kStarting = "starting";

  std::string state_{kStarting};
  std::vector<std::string> notes_;
  OutputPump pump_;
  ChildProcess child_;
};

}  // namespace klab
