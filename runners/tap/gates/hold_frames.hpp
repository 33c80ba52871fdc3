#pragma once

#include <atomic>
#include <functional>

#include "runners/tap/gate.hpp"

namespace klab {

/// While it is on, the requests or the responses of one API get no further, nor does what follows them in
/// their direction. What was held is passed when it is switched off.
class HoldFrames : public Gate {
 public:
  /// `reconsider` is the tap's.
  HoldFrames(Direction direction, int api_key, std::function<void()> reconsider)
      : direction_(direction), api_key_(api_key), reconsider_(std::move(reconsider)) {}

  void hold() { is_on_ = true; }
  void release() {
    is_on_ = false;
    reconsider_();
  }

  bool has_held() const { return has_held_; }  ///< any at all

  Ruling rule(const Frame& frame, Clock::time_point) override {
    if (!is_on_ || frame.direction != direction_ || frame.api_key != api_key_) return Ruling::pass();
    has_held_ = true;
    return Ruling::hold();
  }

 private:
  const Direction direction_;
  const int api_key_;
  const std::function<void()> reconsider_;
  std::atomic<bool> is_on_{false}, has_held_{false};
};

}  // namespace klab
