#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runners/tap/tap_observer.hpp"

namespace klab {

/// Keeps what it is told; for tests.
class RecordingObserver : public TapObserver {
 public:
  struct Piece {
    Direction direction = Direction::to_broker;
    Clock::time_point when = {};
    std::string bytes = {};
  };
  struct Talk {
    std::string program = {};
    Clock::time_point opened = {};
    std::vector<Piece> pieces = {};
    std::optional<Closing> closing = std::nullopt;
    Clock::time_point closed = {};
    bool is_out_of_order = false;  ///< something after the end, or a time before the last

    std::string bytes(Direction direction) const {
      std::string all;
      for (const Piece& piece : pieces)
        if (piece.direction == direction) all += piece.bytes;
      return all;
    }
  };

  void opened(ConnectionId connection, const std::string& program, Clock::time_point when) override {
    const std::lock_guard lock(mutex_);
    const bool is_new = talks_.try_emplace(connection, Talk{.program = program, .opened = when}).second;
    if (!is_new) talks_[connection].is_out_of_order = true;
  }

  void bytes(ConnectionId connection, Direction direction, Clock::time_point when,
             std::string_view bytes) override {
    const std::lock_guard lock(mutex_);
    Talk& talk = talks_[connection];
    talk.is_out_of_order |= talk.program.empty() || talk.closing.has_value();
    talk.pieces.push_back({direction, when, std::string(bytes)});
  }

  void closed(ConnectionId connection, const Closing& closing, Clock::time_point when) override {
    const std::lock_guard lock(mutex_);
    Talk& talk = talks_[connection];
    talk.is_out_of_order |= talk.program.empty() || talk.closing.has_value();
    talk.closing = closing;
    talk.closed = when;
  }

  std::map<ConnectionId, Talk> talks() const {
    const std::lock_guard lock(mutex_);
    return talks_;
  }
  Talk talk(ConnectionId connection = 1) const {
    const auto all = talks();
    const auto found = all.find(connection);
    return found == all.end() ? Talk{} : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<ConnectionId, Talk> talks_ = {};
};

}  // namespace klab
