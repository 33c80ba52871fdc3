#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runners/recorder.hpp"
#include "runners/witness/event_size.hpp"
#include "runners/witness/topic_names.hpp"

namespace klab {

/// What the parts of the wire witness share: where they write, and what they have learnt of names.
class Notebook {
 public:
  /// Identities of the sample's records in a message.
  using IdsIn = std::function<std::vector<std::string>(std::string_view message)>;

  Notebook(Recorder& recorder, IdsIn ids_in) : recorder_(recorder), ids_in_(std::move(ids_in)) {}

  /// Records what a program did. Where events are kept, and it has done far more than a lab can need, only
  /// that something is missing.
  template <typename Event>
  void record(Event event) {
    if (recorder_.keeps_events() && !has_room(event))
      return not_understood(event.program, "far more of it than any lab needs");
    recorder_.record(std::move(event));
  }

  struct NotUnderstood {
    std::size_t count = 0;
    std::string first = {};  ///< why the first was not
  };

  void not_understood(const std::string& program, const std::string& why) {
    NotUnderstood& of_program = not_understood_[program];
    if (++of_program.count == 1) of_program.first = why;
  }
  NotUnderstood not_understood_of(const std::string& program) const {
    const auto found = not_understood_.find(program);
    return found == not_understood_.end() ? NotUnderstood{} : found->second;
  }

  /// Nothing more will be recorded of it.
  void forget(const std::string& program) {
    bytes_.erase(program);
    not_understood_.erase(program);
  }

  std::vector<std::string> ids_in(std::string_view message) const { return ids_in_(message); }
  Moment moment_of(std::chrono::steady_clock::time_point time) const { return recorder_.moment_of(time); }

  TopicNames topics = {};

 private:
  template <typename Event>
  bool has_room(const Event& event) {
    std::size_t& bytes = bytes_[event.program];
    const std::size_t size = size_in_memory(event);
    if (size > kMostBytes - bytes) return false;
    bytes += size;
    return true;
  }

  /// Hundreds of thousands of events with short texts. A group's name can have 32 KiB, and is in each of its
  /// thousands of events.
  static constexpr std::size_t kMostBytes = 128 * 1024 * 1024;

  Recorder& recorder_;
  IdsIn ids_in_;
  std::map<std::string, std::size_t> bytes_ = {};             // by program
  std::map<std::string, NotUnderstood> not_understood_ = {};  // by program
};

}  // namespace klab
