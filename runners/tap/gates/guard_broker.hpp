#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "runners/tap/gate.hpp"

namespace klab {

/// Keeps a program from changing the broker that it is graded on: what alters brokers, quotas, users or the
/// cluster (kafka ApiKeys.java), or speaks as another broker, does not reach it, and ends the connection.
/// Topics and groups are the program's own affair. Everything else is ruled on by another gate, if there is
/// one.
class GuardBroker : public Gate {
 public:
  /// Told once of each API that was refused, by its name. Runs on the tap's thread.
  using OnRefused = std::function<void(std::string_view program, std::string_view api)>;

  GuardBroker(std::shared_ptr<Gate> next, OnRefused on_refused)
      : next_(std::move(next)), on_refused_(std::move(on_refused)) {}

  bool wants_contents(const Frame& frame) const override;
  Ruling rule(const Frame& frame, Clock::time_point now) override;

 private:
  const std::shared_ptr<Gate> next_;
  const OnRefused on_refused_;
  std::set<std::string_view> told_ = {};
};

}  // namespace klab
