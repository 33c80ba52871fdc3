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
  /// What was asked for and not answered may have happened.
  void close(int connection, const std::string& program, Moment at);

 private:
  struct Producer {
    ProducerIdentity identity = {};
    std::chrono::milliseconds timeout = {};  ///< transaction.timeout.ms
    bool is_open = false;                    ///< a transaction has begun
    Moment begun = {};                       ///< and when
    bool is_commit_asked = false;            ///< for it
  };
  struct AskedEnd {
    EndTxnRequest request = {};
    Moment at = {};
  };

  void hear_request(const Heard& heard);
  void hear_end_asked(const Heard& heard);
  void hear_initialised(const Heard& heard);
  void hear_ended(const Heard& heard);
  Producer& producer_of(const std::string& transactional_id);
  /// With what the producer sends now, unless another has taken its place.
  void begin(const Heard& heard, const std::string& transactional_id, ProducerIdentity sender);
  void begin(const Heard& heard, const auto& request);
  void record(const std::string& program, Moment at, const std::string& transactional_id,
              TransactionStep step, Moment asked, std::int16_t error = 0);

  Notebook& notebook_;
  std::map<std::string, Producer> producers_ = {};  // by transactional id
  Unanswered<InitProducerIdRequest> initialisations_ = {};
  Unanswered<AskedEnd> ends_ = {};
};

}  // namespace klab
