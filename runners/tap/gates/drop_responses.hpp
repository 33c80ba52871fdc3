#pragma once

#include "runners/tap/gate.hpp"

namespace klab {

/// No response of one API ever reaches the program, however often it asks.
class DropResponses : public Gate {
 public:
  explicit DropResponses(int api_key) : api_key_(api_key) {}

  Ruling rule(const Frame& frame, Clock::time_point) override {
    return is_response(frame, api_key_) ? Ruling::drop() : Ruling::pass();
  }

 private:
  const int api_key_;
};

}  // namespace klab
