#pragma once

#include <set>
#include <string>
#include <vector>

#include "checks/catalogue/simulation/simulated_log.hpp"
#include "checks/catalogue/simulation/telling.hpp"

namespace klab {

/// Producers that send with every outcome there is: known or not, doubled by retries, late, in transactions.
class SimulatedProducers {
 public:
  SimulatedProducers(Telling& telling, SimulatedLog& log) : telling_(telling), log_(log) {}

  /// Some of them, which have idempotence or have it not.
  void make(bool are_idempotent);

  void send();
  void flush();
  /// A request that its producer has given up reaches the log.
  void arrive_late();
  /// Most transactions that are still open.
  void finish();

 private:
  struct Producer {
    std::string name = {};
    bool is_transactional = false;
    int transaction = -1;
    std::set<int> touched = {};  ///< partitions, by the transaction
  };
  struct Late {
    int partition = 0;
    SimulatedLog::Stored stored = {};
  };

  Producer& any() { return producers_[telling_.below(producers_.size())]; }
  std::vector<Send>& sends() { return telling_.legal.history.sends; }

  std::size_t new_send(const Producer& producer);
  std::int64_t store(std::size_t index, int transaction = -1);
  void store_and_acknowledge(std::size_t index, bool is_doubled);
  void settle(std::size_t index, SendOutcome outcome);
  void send_in_transaction(Producer& producer);
  void step(const Producer& producer, TransactionStep what, Moment asked);
  void end_transaction(Producer& producer);

  Telling& telling_;
  SimulatedLog& log_;
  bool are_idempotent_ = false;
  std::vector<Producer> producers_ = {};
  std::vector<Late> late_ = {};
};

}  // namespace klab
