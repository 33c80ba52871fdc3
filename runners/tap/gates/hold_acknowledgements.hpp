#pragma once

#include <atomic>
#include <functional>

#include "runners/tap/gate.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {

/// While it is on, brokers get what a program produces, but the program does not hear so. What was held is
/// passed when it is switched off.
class HoldAcknowledgements : public Gate {
 public:
  /// `reconsider` is the tap's.
  explicit HoldAcknowledgements(std::function<void()> reconsider) : reconsider_(std::move(reconsider)) {}

  void hold() { is_on_ = true; }
  void release() {
    is_on_ = false;
    reconsider_();
  }

  bool has_held() const { return has_held_; }  ///< any at all

  Ruling rule(const Frame& frame, Clock::time_point) override {
    if (!is_on_ || !is_response(frame, kProduceKey)) return Ruling::pass();
    has_held_ = true;
    return Ruling::hold();
  }

 private:
  const std::function<void()> reconsider_;
  std::atomic<bool> is_on_{false}, has_held_{false};
};

}  // namespace klab
