#pragma once

#include <atomic>
#include <unordered_map>

#include "runners/tap/tap_observer.hpp"
#include "runners/wire/conversation.hpp"

namespace klab {

/// Decodes all there is: every message, every batch, every record.
class DecodingObserver : public TapObserver {
 public:
  void opened(ConnectionId connection, const std::string& program, Clock::time_point when) override;
  void bytes(ConnectionId connection, Direction direction, Clock::time_point when,
             std::string_view bytes) override;
  void closed(ConnectionId connection, const Closing& closing, Clock::time_point when) override;

  std::size_t records(Direction direction) const {
    return (direction == Direction::to_broker ? produced_ : fetched_).load();
  }
  std::size_t not_decoded() const { return not_decoded_; }

 private:
  void hear(const Spoken& spoken);
  std::size_t count_records(std::string_view record_set);

  std::unordered_map<ConnectionId, Conversation> conversations_ = {};
  std::atomic<std::size_t> produced_{0}, fetched_{0}, not_decoded_{0};
};

}  // namespace klab
