#pragma once

#include <map>
#include <string>

#include "checks/history/wire_events.hpp"
#include "runners/wire/views/transactions.hpp"
#include "runners/witness/notebook.hpp"

namespace klab {

/// Hears producers' transactions. Written on what transactions are, not on one client's list of requests:
/// with transaction.version 2 a Java client never says that it begins (KIP-890).
class Transacting {
 public:
  explicit Transacting(Notebook& notebook) : notebook_(notebook) {}

  void hear(const Heard& heard);
  void close(int connection);

 private:
  struct Producer {
    ProducerIdentity identity = {};
    bool is_open = false;  ///< a transaction has begun
  };
  struct AskedEnd {
    EndTxnRequest request = {};
    Moment at = {};
  };

  void hear_request(const Heard& heard);
  void hear_initialised(const Heard& heard);
  void hear_ended(const Heard& heard);
  Producer& producer_of(const std::string& transactional_id);
  void begin(const Heard& heard, const std::string& transactional_id);
  void record(const Heard& heard, const std::string& transactional_id, TransactionStep step, Moment asked,
              std::int16_t error = 0);

  Notebook& notebook_;
  std::map<std::string, Producer> producers_ = {};  // by transactional id
  Unanswered<std::string> initialisations_ = {};    // transactional ids
  Unanswered<AskedEnd> ends_ = {};
};

}  // namespace klab
