#pragma once

#include "runners/tap/gate.hpp"

namespace klab {

/// Responses of one API reach the program so much later than they came: each by itself, not one after the
/// other.
class DelayResponses : public Gate {
 public:
  DelayResponses(Clock::duration delay, int api_key) : delay_(delay), api_key_(api_key) {}

  Ruling rule(const Frame& frame, Clock::time_point) override {
    return is_response(frame, api_key_) ? Ruling::pass_at(frame.arrived + delay_) : Ruling::pass();
  }

 private:
  const Clock::duration delay_;
  const int api_key_;
};

}  // namespace klab
