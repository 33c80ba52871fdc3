#include "checks/catalogue/polled_names.hpp"

namespace klab {

const std::vector<PolledName>& PolledNames::of(const std::vector<PolledRecord>& records) {
  expect(records);
  names_.clear();
  for (std::size_t i = 0; i < records.size(); ++i)
    names_.push_back({.partition = expected_[i].partition,
                      .id = id_of(records[i], expected_[i]),
                      .key = key_of(records[i], expected_[i])});
  return names_;
}

void PolledNames::expect(const std::vector<PolledRecord>& records) {
  expected_.clear();
  for (const PolledRecord& record : records) {
    const Name partition = builder_.partition(record.topic, record.partition);
    Expected& expected =
        expected_.emplace_back(Expected{partition, builder_.sends_by_place.at(partition, record.offset)});
    if (expected.sent == nullptr) model_.ids.expect(expected.hash = Names::hash_of(record.id));
  }
  for (const Expected& expected : expected_)
    if (expected.sent == nullptr) model_.ids.expect_text(expected.hash);
}

Name PolledNames::id_of(const PolledRecord& record, const Expected& expected) {
  if (record.is_unparseable) return kNoName;
  return expected.sent == nullptr ? model_.ids.add(record.id, expected.hash)
                                  : model_.ids.add_guessed(record.id, expected.sent->id);
}

Name PolledNames::key_of(const PolledRecord& record, const Expected& expected) {
  if (!record.key) return kNoName;
  return model_.keys.add_guessed(*record.key, expected.sent == nullptr ? kNoName : expected.sent->key);
}

}  // namespace klab
