#include "checks/stored/file_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/batch_records.hpp"
#include "checks/facts/sample_index.hpp"

namespace klab {
namespace {

struct Stored {
  const LoggedRecord* record = nullptr;
  std::size_t position = 0;  // in the sample
};

using SenderOf = std::map<const LoggedRecord*, std::string_view>;

/// Who sent each record of the topic, as the broker's answers tell; nothing where they do not tell all.
SenderOf senders_of(const History& history, std::string_view topic) {
  const BatchRecords records(history);
  SenderOf senders;
  for (const SentBatch& batch : history.sent)
    for (const LoggedRecord* record : records.of(batch))
      if (record->topic == topic) senders.emplace(record, batch.program);
  return senders.size() == log_of(history, topic).size() ? senders : SenderOf();
}

/// What is to be in file order, where who sent a record is known: one sender's part of a partition.
using Part = std::pair<int, std::string_view>;

std::map<Part, std::vector<Stored>> stored_by_part(const History& history, std::string_view topic,
                                                   std::size_t most, const SenderOf& senders) {
  const SampleIndex index(history);
  std::map<Part, std::vector<Stored>> stored;
  std::map<std::pair<std::string_view, std::size_t>, std::size_t> copies;  // by sender and record
  const auto sender_of = [&](const LoggedRecord* record) {
    return senders.empty() ? std::string_view() : senders.at(record);
  };
  for (const LoggedRecord* record : log_of(history, topic))
    for (const std::size_t position : index.records_in_message(record->value.value_or(""))) {
      stored[{record->partition, sender_of(record)}].push_back({record, position});
      ++copies[{sender_of(record), position}];
    }
  const std::size_t right = senders.empty() ? most : 1;
  for (auto& [part, sequence] : stored)
    std::erase_if(sequence, [&, sender = part.second](const Stored& one) {
      return copies.at({sender, one.position}) > right;
    });
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
  const SenderOf sender_of = senders > 1 ? senders_of(history, topic) : SenderOf();
  Verdict verdict{
      .claim = "the records of a partition are stored in file order",
      .expected = senders == 1 ? "file order in each partition"
                  : !sender_of.empty()
                      ? "the records of each program in file order in each partition"
                      : fmt::format("each partition a mix of {} sequences in file order", senders)};
  std::size_t judged = 0;
  std::set<int> partitions;
  for (const auto& [part, sequence] : stored_by_part(history, topic, senders, sender_of)) {
    const auto& [partition, sender] = part;
    Senders order(sender_of.empty() ? senders : 1);
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
    partitions.insert(partition);
  }

  verdict.judged =
      fmt::format("{} in {}", counted(judged, "record"), counted(partitions.size(), "partition"));
  if (judged == 0)
    return undecided(verdict, fmt::format("no partition of topic {} holds two records", topic));
  if (verdict.evidence.empty()) return holds(verdict, fmt::format("{} are in order", verdict.judged));
  return refuted(
      verdict,
      fmt::format("file order breaks at {} of {}", evidence_count(verdict), counted(judged, "record")),
      "send the records in the order of the file; retries can reorder them too: see enable.idempotence");
}

}  // namespace klab
