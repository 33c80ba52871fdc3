#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace klab {

/// What a broker really holds, whatever anybody is told of it.
class SimulatedLog {
 public:
  struct Stored {
    std::string id = {};  ///< none: a transaction's marker
    std::string key = {};
    int transaction = -1;
  };

  /// All begin at the same offset.
  void make_partitions(std::size_t count, std::int64_t first) { partitions_.assign(count, {.first = first}); }

  int partitions() const { return static_cast<int>(partitions_.size()); }
  std::int64_t first(int partition) const { return of(partition).first; }
  std::int64_t end(int partition) const { return first(partition) + std::ssize(of(partition).stored); }
  const Stored& at(int partition, std::int64_t offset) const {
    return of(partition).stored[static_cast<std::size_t>(offset - first(partition))];
  }

  /// Its offset.
  std::int64_t append(int partition, Stored stored);

  int begin_transaction();
  void end_transaction(int transaction, bool is_committed);

  /// As far as a reader may see.
  std::int64_t visible_end(int partition, bool is_committed_reader) const;
  bool is_given(const Stored& stored, bool is_committed_reader) const;

 private:
  enum class State { open, committed, aborted };

  struct Partition {
    std::int64_t first = 0;
    std::vector<Stored> stored = {};
  };

  const Partition& of(int partition) const { return partitions_[static_cast<std::size_t>(partition)]; }
  State state_of(const Stored& stored) const {
    return transactions_[static_cast<std::size_t>(stored.transaction)];
  }

  std::vector<Partition> partitions_ = {};
  std::vector<State> transactions_ = {};
};

}  // namespace klab
