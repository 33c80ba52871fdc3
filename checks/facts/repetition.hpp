#pragma once

#include "checks/history/history.hpp"

namespace klab {

/// Whether one of them is the other sent again, as an idempotent producer signs its batches: the same
/// sequence of the same producer in the same partition (KIP-98). Never true of producers that are not
/// idempotent.
bool repeats(const SentBatch& one, const SentBatch& other);

}  // namespace klab
