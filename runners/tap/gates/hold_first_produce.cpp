#include "runners/tap/gates/hold_first_produce.hpp"

#include "runners/wire/api_key.hpp"

namespace klab {

Ruling HoldFirstProduce::rule(const Frame& frame, Clock::time_point now) {
  if (is_open_ || !is_request(frame, kProduceKey)) return Ruling::pass();
  if (seen_.empty()) give_up_at_ = now + deadline_;
  seen_.emplace(frame.program);
  programs_seen_ = seen_.size();
  const bool are_all_here = seen_.size() >= programs_;
  has_passed_deadline_ = !are_all_here && now >= give_up_at_;
  is_open_ = are_all_here || has_passed_deadline_;
  return is_open_ ? Ruling::pass() : Ruling::hold_until(give_up_at_);
}

bool HoldFirstProduce::wants_contents(const Frame& frame) const {
  return !is_open_ && is_request(frame, kProduceKey);
}

}  // namespace klab
