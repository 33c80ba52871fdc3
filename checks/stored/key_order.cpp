#include "checks/stored/key_order.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/sample_index.hpp"
#include "checks/history/record_key.hpp"

namespace klab {
namespace {

struct Stored {
  const LoggedRecord* record = nullptr;
  std::size_t position = 0;  // in the sample
};

using ByKey = std::map<std::pair<std::string, int>, std::vector<Stored>>;  // and partition

ByKey stored_by_key(const History& history, std::string_view topic) {
  const SampleIndex index(history);
  std::vector<std::size_t> copies(index.size());
  ByKey stored;
  for (const LoggedRecord* record : log_of(history, topic)) {
    if (!record->key) continue;
    for (const std::size_t position : index.records_in_message(record->value.value_or(""))) {
      ++copies[position];
      stored[{*record->key, record->partition}].push_back({record, position});
    }
  }
  for (auto& [key, sequence] : stored)
    std::erase_if(sequence, [&](const Stored& one) { return copies[one.position] > 1; });
  return stored;
}

Evidence evidence_of(const Stored& before, const Stored& next) {
  return {.lines = {before.record->line, next.record->line},
          .note = fmt::format(
              "key {}, partition {}: record {} of the file at offset {} comes after record {} at offset {}",
              describe_key(next.record->key), next.record->partition, next.position + 1, next.record->offset,
              before.position + 1, before.record->offset)};
}

}  // namespace

Verdict key_order(const History& history, std::string_view topic) {
  Verdict verdict{.claim = "the records of a key are stored in file order",
                  .expected = "file order among the records of each key"};
  std::size_t judged = 0, keys = 0;
  for (const auto& [key, sequence] : stored_by_key(history, topic)) {
    if (sequence.size() < 2) continue;
    judged += sequence.size();
    ++keys;
    for (std::size_t i = 1; i < sequence.size(); ++i)
      if (sequence[i].position < sequence[i - 1].position)
        add_evidence(verdict, evidence_of(sequence[i - 1], sequence[i]));
  }
  if (judged == 0)
    return undecided(verdict, fmt::format("no key has two records in a partition of topic {}", topic));
  verdict.judged = fmt::format("{} of {}", counted(judged, "record"), counted(keys, "key"));
  if (verdict.evidence.empty()) return holds(verdict, fmt::format("{} are in order", verdict.judged));
  return refuted(
      verdict,
      fmt::format("file order breaks at {} of {}", evidence_count(verdict), counted(judged, "record")),
      "send the records in the order of the file; retries can reorder them too: see enable.idempotence");
}

}  // namespace klab
