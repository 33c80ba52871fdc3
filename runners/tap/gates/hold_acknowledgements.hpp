#pragma once

#include "runners/tap/gates/hold_frames.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {

/// While it is on, brokers get what a program produces, but the program does not hear so. What was held is
/// passed when it is switched off.
class HoldAcknowledgements : public HoldFrames {
 public:
  /// `reconsider` is the tap's.
  explicit HoldAcknowledgements(std::function<void()> reconsider)
      : HoldFrames(Direction::to_client, kProduceKey, std::move(reconsider)) {}
};

}  // namespace klab
