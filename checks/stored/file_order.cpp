#include "checks/stored/file_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/sample_index.hpp"

namespace klab {
namespace {

struct Stored {
  const LoggedRecord* record = nullptr;
  std::size_t position = 0;  // in the sample
};

std::map<int, std::vector<Stored>> stored_by_partition(const History& history, std::string_view topic,
                                                       std::size_t senders) {
  const SampleIndex index(history);
  std::map<int, std::vector<Stored>> stored;
  std::vector<std::size_t> copies(index.size());
  for (const LoggedRecord* record : log_of(history, topic))
    for (const std::size_t position : index.records_in_message(record->value.value_or(""))) {
      stored[record->partition].push_back({record, position});
      ++copies[position];
    }
  for (auto& [partition, sequence] : stored)
    std::erase_if(sequence, [&](const Stored& one) { return copies[one.position] > senders; });
  return stored;
}

/// Splits a partition's sequence into increasing ones, each the part of one sender. Putting a record behind
/// the latest one that may precede it uses the fewest senders, so a record without a place refutes every way
/// of splitting. It then takes the place of the earliest, so that what is right after it is not blamed.
class Senders {
 public:
  explicit Senders(std::size_t most) : most_(most) {}

  /// Where a record does not fit, the earliest of the records that it should have preceded.
  std::optional<Stored> place(const Stored& next) {
    Stored* best = nullptr;
    for (Stored& last : last_)
      if (last.position < next.position && (best == nullptr || last.position > best->position)) best = &last;
    if (best != nullptr) {
      *best = next;
      return std::nullopt;
    }
    if (last_.size() < most_) {
      last_.push_back(next);
      return std::nullopt;
    }
    return std::exchange(*std::ranges::min_element(last_, {}, &Stored::position), next);
  }

 private:
  std::size_t most_;
  std::vector<Stored> last_;
};

}  // namespace

Verdict file_order(const History& history, std::string_view topic, std::size_t senders) {
  Verdict verdict{
      .claim = "the records of a partition are stored in file order",
      .expected = senders == 1 ? std::string("file order in each partition")
                               : fmt::format("each partition a mix of {} sequences in file order", senders)};
  std::size_t judged = 0, partitions = 0;
  for (const auto& [partition, sequence] : stored_by_partition(history, topic, senders)) {
    Senders order(senders);
    for (const Stored& next : sequence)
      if (const std::optional<Stored> before = order.place(next))
        add_evidence(verdict, {.lines = {before->record->line, next.record->line},
                               .note = fmt::format(
                                   "partition {}: record {} of the file at offset {} comes after record "
                                   "{} at offset {}",
                                   partition, next.position + 1, next.record->offset, before->position + 1,
                                   before->record->offset)});
    if (sequence.size() < 2) continue;
    judged += sequence.size();
    ++partitions;
  }

  verdict.judged = fmt::format("{} in {}", counted(judged, "record"), counted(partitions, "partition"));
  if (judged == 0)
    return undecided(verdict, fmt::format("no partition of topic {} holds two records", topic));
  if (verdict.evidence.empty()) return holds(verdict, fmt::format("{} are in order", verdict.judged));
  return refuted(
      verdict,
      fmt::format("file order breaks at {} of {}", evidence_count(verdict), counted(judged, "record")),
      "send the records in the order of the file; retries can reorder them too: see enable.idempotence");
}

}  // namespace klab
