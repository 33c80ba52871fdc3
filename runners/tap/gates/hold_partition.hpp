#pragma once

#include <atomic>
#include <functional>
#include <set>
#include <utility>

#include "runners/tap/gate.hpp"
#include "runners/wire/views/produce.hpp"

namespace klab {

/// While it is on, Produce requests that the predicate picks wait, for instance those to one partition: what
/// a program sends there comes later than what it sends elsewhere. Requests behind them on the same
/// connection wait as well.
class HoldPartition : public Gate {
 public:
  using Picks = std::function<bool(const ProduceRequest&)>;

  /// `reconsider` is the tap's. `picks` runs on the tap's thread.
  HoldPartition(Picks picks, std::function<void()> reconsider)
      : picks_(std::move(picks)), reconsider_(std::move(reconsider)) {}

  void hold() { is_on_ = true; }
  void release();

  bool has_held() const { return has_held_; }  ///< any at all

  bool wants_contents(const Frame& frame) const override;
  Ruling rule(const Frame& frame, Clock::time_point now) override;

 private:
  bool is_picked(const Frame& frame);

  const Picks picks_;
  const std::function<void()> reconsider_;
  std::atomic<bool> is_on_{false}, has_held_{false};
  std::set<std::pair<ConnectionId, std::int32_t>> held_ = {};  // so that none is decoded over and over
};

/// Whether a request has records for the partition, of whatever topic.
bool has_records_for(const ProduceRequest& request, std::int32_t partition);

}  // namespace klab
