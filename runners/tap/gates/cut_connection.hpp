#pragma once

#include <atomic>

#include "runners/tap/gate.hpp"

namespace klab {

/// The connection of the nth request of one API, counted from 1 over all connections, is cut: before the
/// broker gets the request, or after it got it and before it can answer. To the program both look the same.
class CutConnection : public Gate {
 public:
  enum class At { before_request, after_request };

  CutConnection(int api_key, int nth, At at) : api_key_(api_key), left_(nth), at_(at) {}

  bool has_cut() const { return has_cut_; }

  Ruling rule(const Frame& frame, Clock::time_point) override {
    if (!is_request(frame, api_key_) || --left_ != 0) return Ruling::pass();
    has_cut_ = true;
    return Ruling::cut_after(at_ == At::before_request ? 0 : frame.size);
  }

 private:
  const int api_key_;
  int left_;
  const At at_;
  std::atomic<bool> has_cut_{false};
};

}  // namespace klab
