#include "checks/stored/one_partition_per_key.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "checks/counted.hpp"
#include "checks/history/record_key.hpp"

namespace klab {
namespace {

struct InPartition {
  const LoggedRecord* first = nullptr;
  std::size_t records = 0;
};

using ByPartition = std::map<int, InPartition>;

Evidence evidence_of(const std::optional<std::string>& key, const ByPartition& partitions) {
  Evidence evidence;
  std::vector<std::string> parts;
  for (const auto& [partition, in] : partitions) {
    evidence.lines.push_back(in.first->line);
    parts.push_back(fmt::format("{} in partition {}", in.records, partition));
  }
  evidence.note = fmt::format("records with the key {}: {}", describe_key(key), fmt::join(parts, ", "));
  return evidence;
}

}  // namespace

Verdict one_partition_per_key(const History& history, std::string_view topic) {
  Verdict verdict{.claim = "records with the same key are in the same partition",
                  .expected = "one partition for each key"};
  std::map<std::string, ByPartition> keys;
  for (const LoggedRecord* record : log_of(history, topic)) {
    if (!record->key || record->key->empty()) continue;
    InPartition& in = keys[*record->key][record->partition];
    if (in.records++ == 0) in.first = record;
  }

  std::size_t judged = 0, judged_keys = 0;
  for (const auto& [key, partitions] : keys) {
    std::size_t records = 0;
    for (const auto& [partition, in] : partitions) records += in.records;
    if (records < 2) continue;
    judged += records;
    ++judged_keys;
    if (partitions.size() > 1) add_evidence(verdict, evidence_of(key, partitions));
  }
  if (judged_keys == 0)
    return undecided(verdict, fmt::format("topic {} has no two records with the same key", topic));
  verdict.judged = fmt::format("{} with {}", counted(judged, "record"), counted(judged_keys, "key"));
  if (verdict.evidence.empty()) return holds(verdict, "each key has one partition");
  return refuted(verdict,
                 fmt::format("{} of {} spread over several partitions", evidence_count(verdict),
                             counted(judged_keys, "key is", "keys are")),
                 "give the producer the key alone and let the client's partitioner choose the partition");
}

}  // namespace klab
