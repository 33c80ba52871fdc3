#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "checks/facts/answers.hpp"
#include "checks/history/history.hpp"

namespace klab {

/// The log's records by the batch that they came in, which the broker's answer to it tells. Views into the
/// history, which outlives this.
class BatchRecords {
 public:
  explicit BatchRecords(const History& history);

  /// By offset; none where no answer says where they are, to the batch or to a repetition of it.
  std::vector<const LoggedRecord*> of(const SentBatch& batch) const;

  /// When they were made, by their own timestamps, on the play's clock; nothing where the log has not all of
  /// them.
  std::optional<std::vector<Moment>> created(const SentBatch& batch) const;

 private:
  using Place = std::tuple<std::string_view, int, std::int64_t>;  // topic, partition, offset

  const Answered* stored_by(const SentBatch& batch) const;

  const History& history_;
  Answers answers_;
  std::map<Place, const LoggedRecord*> logged_ = {};
};

}  // namespace klab
