#pragma once

#include <atomic>
#include <set>
#include <string>

#include "runners/tap/gate.hpp"

namespace klab {

/// Lets several programs begin to produce at the same moment: the first Produce of each waits until so many
/// different programs have sent one, or until the deadline has passed since the first did. After that
/// everything passes. To be shared by the programs.
class HoldFirstProduce : public Gate {
 public:
  HoldFirstProduce(std::size_t programs, Clock::duration deadline)
      : programs_(programs), deadline_(deadline) {}

  Ruling rule(const Frame& frame, Clock::time_point now) override;

  /// A batch counts as sent when it is there as a whole: no other is answered before.
  bool wants_contents(const Frame& frame) const override;

  std::size_t programs_seen() const { return programs_seen_; }
  bool has_passed_deadline() const { return has_passed_deadline_; }  ///< and somebody was still missing

 private:
  const std::size_t programs_;
  const Clock::duration deadline_;
  std::set<std::string, std::less<>> seen_ = {};
  Clock::time_point give_up_at_ = {};
  bool is_open_ = false;
  std::atomic<std::size_t> programs_seen_{0};
  std::atomic<bool> has_passed_deadline_{false};
};

}  // namespace klab
