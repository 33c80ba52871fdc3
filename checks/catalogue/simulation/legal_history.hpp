#pragma once

#include <random>

#include "checks/catalogue/policy.hpp"
#include "checks/history/history.hpp"

namespace klab {

/// A history that Kafka may bring about, and what its system promises.
struct LegalHistory {
  History history = {};
  Policy policy = {};
};

/// Plays producers, with and without idempotence and transactions, groups that rebalance in all ways, seeks,
/// crashes, zombies and outcomes that nobody knows, on a log of its own; then tells it as clients would,
/// events of different processes in any order. The same seed gives the same history. For tests: nothing in it
/// may be refuted.
LegalHistory legal_history(unsigned seed, int steps);

}  // namespace klab
