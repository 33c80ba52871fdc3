#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

#include "checks/history/event_kinds.hpp"

namespace klab {

/// Merges what the witnesses saw into one History: gives each event its line and, where it has one, its
/// moment on one clock. Safe to call from any thread.
class Recorder {
 public:
  /// Is told of each event as it is recorded, one call after the other. May not record anything itself.
  using Follower = std::function<void(const AnyEvent&)>;

  /// Keeps every event, for history().
  explicit Recorder(History header) : history_(std::move(header)) {}

  /// One that keeps nothing and tells a follower: it does not grow, however long it is used.
  static Recorder telling(Follower follower) { return Recorder({}, std::move(follower)); }

  bool keeps_events() const { return follower_ == nullptr; }

  /// Time since the recorder was made.
  Moment now() const { return moment_of(std::chrono::steady_clock::now()); }

  template <typename Event>
  void record(Event event) {
    const std::lock_guard lock(mutex_);
    event.line = ++last_line_;
    if (follower_) return follower_(std::move(event));
    kept<Event>().push_back(std::move(event));
  }

  /// As each of them in turn, with nothing in between; does not copy millions.
  template <typename Event>
  void record_all(std::vector<Event> events) {
    const std::lock_guard lock(mutex_);
    for (Event& event : events) event.line = ++last_line_;
    if (follower_)
      for (Event& event : events) follower_(std::move(event));
    else if (std::vector<Event>& all = kept<Event>(); all.empty())
      all = std::move(events);
    else
      std::ranges::move(events, std::back_inserter(all));
  }

  /// The recorder's time of a moment on the system's monotonic clock.
  Moment moment_of(std::chrono::steady_clock::time_point time) const {
    return std::chrono::duration_cast<Moment>(time - start_);
  }

  /// What `question` answers about all that was recorded so far. Others that record wait for it.
  template <typename Question>
  auto look(Question question) const {
    const std::lock_guard lock(mutex_);
    return question(history_);
  }

  /// A copy of what was recorded so far.
  History history() const {
    const std::lock_guard lock(mutex_);
    return history_;
  }

 private:
  template <typename Event>
  std::vector<Event>& kept() {
    std::vector<Event>* found = nullptr;
    for_each_kind(history_, [&](const char*, auto& events) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(events)>, std::vector<Event>>) found = &events;
    });
    return *found;
  }

  Recorder(History header, Follower follower) : history_(std::move(header)), follower_(std::move(follower)) {}

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  mutable std::mutex mutex_;
  History history_;
  const Follower follower_ = nullptr;
  Line last_line_ = 1;  // the header
};

}  // namespace klab
