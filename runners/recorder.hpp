#pragma once

#include <chrono>
#include <mutex>

#include "checks/history.hpp"

namespace klab {

/// Merges what the witnesses saw into one History: gives each event its line and, where it has one, its moment on one
/// clock. Safe to call from any thread.
class Recorder {
 public:
  explicit Recorder(History header) : history_(std::move(header)) {}

  /// Time since the recorder was made.
  Moment now() const { return std::chrono::duration_cast<Moment>(std::chrono::steady_clock::now() - start_); }

  void record(SampleRecord event) { append(history_.sample, std::move(event)); }
  void record(SubmittedFile event) { append(history_.submitted_files, std::move(event)); }
  void record(Topic event) { append(history_.topics, std::move(event)); }
  void record(ProgramRun event) { append(history_.programs, std::move(event)); }
  void record(PrintedLine event) { append(history_.printed, std::move(event)); }
  void record(LoggedRecord event) { append(history_.logged, std::move(event)); }
  void record(DrainedPartition event) { append(history_.drained, std::move(event)); }
  void record(CommittedOffset event) { append(history_.committed, std::move(event)); }

  /// A copy of what was recorded so far.
  History history() const {
    const std::lock_guard lock(mutex_);
    return history_;
  }

 private:
  template <typename Event>
  void append(std::vector<Event>& events, Event event) {
    const std::lock_guard lock(mutex_);
    event.line = ++last_line_;
    events.push_back(std::move(event));
  }

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  History history_;
  Line last_line_ = 1;  // the header
};

}  // namespace klab
