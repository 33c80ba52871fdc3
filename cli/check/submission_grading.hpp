#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/broker/own_house.hpp"
#include "cli/class_directory.hpp"
#include "runners/process/child_process.hpp"

namespace klab {

/// What the last attempt at a submission that has no finished run.json came to.
struct GradingEnd {
  std::string ended = {};   ///< "ended with exit code 64", "ended with signal 9"
  bool is_refusal = false;  ///< the folder cannot be graded as it is
  std::string reason = {};  ///< what klab check said last, of itself
};

/// One `klab check` of a class, in a process of its own: whatever becomes of it, the others go on. It works
/// in a folder that nobody else uses, so that what is left of a killed one cannot disturb the next attempt.
class SubmissionGrading {
 public:
  /// `number` is the submission's in the class, from 1. Without a house for its brokers it makes one.
  SubmissionGrading(const ClassDirectory& directory, const std::filesystem::path& submissions,
                    const std::string& name, std::size_t number, std::unique_ptr<OwnHouse> house);

  const std::string& name() const { return name_; }
  bool is_running() { return child_.is_running(); }
  double seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

  /// Asks it to stop its programs and brokers, and to end.
  void ask_to_stop() const { child_.signal_group(SIGTERM); }

  /// Waits for its end, at most `within`, then kills it; and keeps what came of it as the submission's run.
  /// Returns the house where another can live in it: unless it was killed, or the grader fell short.
  std::unique_ptr<OwnHouse> finish(Clock::duration within);

  /// Has it stop, and keeps that it came to no end in time.
  void break_off(Clock::duration within);

  /// The same, but nothing is kept: it was not its fault that it had to stop.
  void give_up(Clock::duration within);

 private:
  void keep(GradingEnd end) const;

  std::filesystem::path kept_;
  std::string name_;
  std::filesystem::path attempt_;
  Clock::time_point started_ = Clock::now();
  std::unique_ptr<OwnHouse> house_;
  ChildProcess child_;
};

void write_grading_end(const std::filesystem::path& run, const GradingEnd& end);

/// Throws BadInput when it is not there, or malformed.
GradingEnd read_grading_end(const std::filesystem::path& run);

}  // namespace klab
