#pragma once

#include "checks/catalogue/model.hpp"

namespace klab {

/// Where a send's record lies.
struct Placed {
  std::int64_t offset = kNoOffset;
  Name partition = kNoName;

  bool operator==(const Placed&) const = default;
};

/// Nothing where the send has no place.
Placed place_of(const Model& model, const SendFact& send);

/// A retry may have stored it earlier as well.
std::int64_t last_place(const Model& model, const SendFact& send);

/// Of a model whose logs are built.
CallOrder call_order_of(const Model& model);

}  // namespace klab
