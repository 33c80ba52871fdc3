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

/// The index of the send that lies in the entry of the partition's log; kNoName where none has its place
/// there.
Name send_at(const Model& model, Name partition, const LogEntry& entry);

bool is_surely_acked(const SendFact& send, const Policy& policy);

/// Of a model whose logs are built.
void note_log_orders(Model& model, const Policy& policy);

}  // namespace klab
