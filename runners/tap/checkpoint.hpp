#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runners/tap/asked_apis.hpp"
#include "runners/tap/gate.hpp"

namespace klab {

/// One direction of a connection under a gate: keeps what has arrived until the gate lets it pass, frame by
/// frame. The bytes may come in any pieces.
class Checkpoint {
 public:
  using OnPassed = std::function<void(std::string_view bytes)>;
  using OnFailure = std::function<void(std::exception_ptr)>;  ///< of the gate; the frame passes

  /// `pending` is shared by the connection's two directions.
  Checkpoint(std::shared_ptr<Gate> gate, Frame prototype, AskedApis& pending, OnFailure on_failure);

  void arrive(std::string_view bytes, Clock::time_point when);

  /// Nothing more will arrive: what cannot be completed any more passes as it is.
  void end() { has_ended_ = true; }

  /// Hands over what may pass now. True where the connection is to be cut after that.
  bool advance(Clock::time_point now, const OnPassed& on_passed);

  std::size_t waiting() const { return waiting_.size() - passed_; }

  /// Whether more is needed before the next ruling, or little enough is kept.
  bool wants_more() const;

  /// When advance() should be called at the latest; none: a frame is not held, or only others can release it.
  std::optional<Clock::time_point> advances_at() const;
  bool is_holding() const { return held_.has_value(); }

 private:
  std::string_view front() const { return std::string_view(waiting_).substr(passed_); }
  void follow_ruling(const OnPassed& on_passed);
  void forget_passed();
  bool begin_next_frame(Clock::time_point now);
  bool begin_whatever_it_is();
  std::optional<Frame> next_frame();
  bool needs(std::size_t bytes);
  Frame read_head(std::size_t size) const;
  bool begin(const Frame& frame, const Ruling& ruling, Clock::time_point now);
  Ruling ask(const Frame& frame, Clock::time_point now);
  Clock::time_point arrival_of_front();

  struct Arrival {
    std::uint64_t end = 0;  // in bytes since the connection began
    Clock::time_point when = {};
  };

  const std::shared_ptr<Gate> gate_;
  const Frame prototype_;
  AskedApis& pending_;
  const OnFailure on_failure_;
  std::string waiting_ = {};
  std::size_t passed_ = 0;  // of waiting_, not yet erased
  std::uint64_t position_ = 0, arrived_ = 0;
  std::deque<Arrival> arrivals_ = {};
  std::size_t needed_ = 0;
  std::size_t left_ = 0;  // of the frame that was ruled on
  bool drops_ = false, cuts_ = false, has_ended_ = false;
  std::optional<Ruling> held_ = std::nullopt;
};

}  // namespace klab
