#pragma once

#include <map>
#include <string_view>
#include <tuple>

#include "checks/history/history.hpp"

namespace klab {

/// What the broker said to each batch. Views into the history, which outlives this.
class Answers {
 public:
  explicit Answers(const History& history);

  /// Nothing where the program was never told.
  const Answered* to(const SentBatch& sent) const;

 private:
  using Request =
      std::tuple<int, int, std::string_view, int>;  // connection, correlation id, topic, partition

  std::multimap<Request, const Answered*> answers_ = {};
};

/// Whether the broker has the batch now: also when it had it before (DUPLICATE_SEQUENCE_NUMBER).
bool says_stored(const Answered& answer);

}  // namespace klab
