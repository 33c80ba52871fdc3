#pragma once

#include <atomic>

#include "runners/tap/gate.hpp"

namespace klab {

/// The nth response of one API, counted from 1 over all connections, never reaches the program: it cannot
/// know whether what it asked for was done.
class DropResponse : public Gate {
 public:
  DropResponse(int api_key, int nth) : api_key_(api_key), left_(nth) {}

  bool has_dropped() const { return has_dropped_; }

  Ruling rule(const Frame& frame, Clock::time_point) override {
    if (!is_response(frame, api_key_) || --left_ != 0) return Ruling::pass();
    has_dropped_ = true;
    return Ruling::drop();
  }

 private:
  const int api_key_;
  int left_;
  std::atomic<bool> has_dropped_{false};
};

}  // namespace klab
