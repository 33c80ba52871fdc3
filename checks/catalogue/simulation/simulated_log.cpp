#include "checks/catalogue/simulation/simulated_log.hpp"

#include <utility>

namespace klab {

std::int64_t SimulatedLog::append(int partition, Stored stored) {
  partitions_[static_cast<std::size_t>(partition)].stored.push_back(std::move(stored));
  return end(partition) - 1;
}

int SimulatedLog::begin_transaction() {
  transactions_.push_back(State::open);
  return static_cast<int>(transactions_.size()) - 1;
}

void SimulatedLog::end_transaction(int transaction, bool is_committed) {
  transactions_[static_cast<std::size_t>(transaction)] = is_committed ? State::committed : State::aborted;
}

std::int64_t SimulatedLog::visible_end(int partition, bool is_committed_reader) const {
  if (!is_committed_reader) return end(partition);
  for (std::int64_t offset = first(partition); offset < end(partition); ++offset) {
    const Stored& stored = at(partition, offset);
    if (stored.transaction >= 0 && state_of(stored) == State::open) return offset;
  }
  return end(partition);
}

bool SimulatedLog::is_given(const Stored& stored, bool is_committed_reader) const {
  if (stored.id.empty()) return false;
  return !is_committed_reader || stored.transaction < 0 || state_of(stored) == State::committed;
}

}  // namespace klab
