#pragma once

#include <cstdint>

namespace klab {

/// What a broker tells a producer to sign its batches with. Of two with one id, the one with the higher epoch
/// has fenced the other.
struct ProducerIdentity {
  std::int64_t id = -1;  ///< -1: none
  std::int16_t epoch = -1;

  bool operator==(const ProducerIdentity&) const = default;
};

}  // namespace klab
