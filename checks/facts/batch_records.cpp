#include "checks/facts/batch_records.hpp"

#include "checks/facts/record_times.hpp"
#include "checks/facts/repetition.hpp"

namespace klab {

BatchRecords::BatchRecords(const History& history) : history_(history), answers_(history) {
  for (const LoggedRecord& record : history.logged)
    logged_.emplace(Place(record.topic, record.partition, record.offset), &record);
}

std::vector<const LoggedRecord*> BatchRecords::of(const SentBatch& batch) const {
  std::vector<const LoggedRecord*> records;
  const Answered* answer = stored_by(batch);
  if (answer == nullptr) return records;
  const Place end(batch.topic, batch.partition,
                  answer->base_offset + static_cast<std::int64_t>(batch.messages));
  auto record = logged_.lower_bound(Place(batch.topic, batch.partition, answer->base_offset));
  for (; record != logged_.end() && record->first < end; ++record) records.push_back(record->second);
  return records;
}

/// What a broker refuses for the moment (CONCURRENT_TRANSACTIONS, NOT_LEADER_OR_FOLLOWER), it stores when it
/// is sent again.
const Answered* BatchRecords::stored_by(const SentBatch& batch) const {
  const auto has_offset = [](const Answered* answer) {
    return answer != nullptr && answer->base_offset >= 0;
  };
  if (const Answered* answer = answers_.to(batch); has_offset(answer)) return answer;
  for (const SentBatch& again : history_.sent)
    if (repeats(batch, again))
      if (const Answered* answer = answers_.to(again); has_offset(answer)) return answer;
  return nullptr;
}

std::optional<std::vector<Moment>> BatchRecords::created(const SentBatch& batch) const {
  const auto records = of(batch);
  if (records.size() != batch.messages) return std::nullopt;
  std::vector<Moment> times;
  for (const LoggedRecord* record : records) {
    const auto created = created_at(history_, *record);
    if (!created) return std::nullopt;
    times.push_back(*created);
  }
  return times;
}

}  // namespace klab
