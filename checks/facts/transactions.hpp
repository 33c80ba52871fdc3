#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// A producer's transaction as the wire showed it: from what first belonged to it to what ended it. Points
/// into the history, which outlives it.
struct Transaction {
  const TransactionStepped* begun = nullptr;
  const TransactionStepped* ended = nullptr;   ///< how it was ended; nullptr when it never was
  Moment end_asked = {};                       ///< when the program first asked for an end
  std::vector<const SentBatch*> batches = {};  ///< as they were first sent: a retry is no further batch

  bool is_committed() const { return ended != nullptr && ended->step == TransactionStep::committed; }
  bool is_aborted() const { return ended != nullptr && ended->step == TransactionStep::aborted; }
  std::size_t messages() const;
  std::size_t messages_to(std::string_view topic) const;
  Line line() const;  ///< where it ended, else where it began
};

/// Of one program, in the order in which they began. A transaction that never had a record or a partition is
/// known to the program alone: clients do not tell the broker.
std::vector<Transaction> transactions_of(const History& history, std::string_view program);

/// "transaction 3 of transactional_producer-1, aborted at 4.120 s"; `number` is counted from 1.
std::string describe(const Transaction& transaction, std::size_t number);

}  // namespace klab
