#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "runners/tap/gate.hpp"

namespace klab {

/// Records of a program, counted from 1 as they arrive first, over all its connections. One that the client
/// sends again, as it does when its request.timeout.ms is over, keeps its number, and so has another one with
/// the same key and value; one that cannot be read has none.
struct Stretch {
  std::size_t first = 1;
  std::size_t last = 1;
  std::size_t together = 1;  ///< so many of them are kept back together
};

/// What acknowledges a stretch of records is kept back: for each so many of them until `delay` after the last
/// of them has arrived, or the last that came before that time. What a client sends only then, since it has
/// few requests in flight, is not kept back again. For one program; brokers get everything at once.
class DelayAcknowledgements : public Gate {
 public:
  /// Told when records that were kept back together are passed: when the first acknowledgement came, and now.
  /// Runs on the tap's thread.
  using OnHeld =
      std::function<void(std::string_view program, Clock::time_point from, Clock::time_point until)>;

  DelayAcknowledgements(Stretch stretch, Clock::duration delay, OnHeld on_held)
      : stretch_(stretch), delay_(delay), on_held_(std::move(on_held)) {}

  bool wants_contents(const Frame& frame) const override;
  Ruling rule(const Frame& frame, Clock::time_point now) override;

 private:
  struct Group {
    Clock::time_point released = {};
    std::optional<Clock::time_point> held_from = {};
  };
  using Request = std::pair<ConnectionId, std::int32_t>;

  void hear(const Frame& frame, const std::string& record);
  Ruling rule_on_response(const Frame& frame, Clock::time_point now);

  const Stretch stretch_;
  const Clock::duration delay_;
  const OnHeld on_held_;
  std::unordered_map<std::string, std::size_t> numbers_ = {};  // no more than are in or before the stretch
  std::map<std::size_t, Group> groups_ = {};                   // by number in the stretch, from 0
  std::map<Request, std::size_t> group_of_ = {};               // the last that a request has records of
};

}  // namespace klab
