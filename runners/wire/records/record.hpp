#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runners/wire/records/record_batch.hpp"

namespace klab {

struct RecordHeader {
  std::string key = {};
  std::optional<std::string> value = std::nullopt;

  bool operator==(const RecordHeader&) const = default;
};

struct Record {
  std::int64_t offset = 0;  ///< in a producer's batch they count from 0
  std::int64_t timestamp = 0;
  std::optional<std::string> key = std::nullopt;
  std::optional<std::string> value = std::nullopt;
  std::vector<RecordHeader> headers = {};

  bool operator==(const Record&) const = default;
};

/// A batch that says it has more than this is not looked into.
inline constexpr std::size_t kMaxDecompressed = 64 * 1024 * 1024;

/// A batch that has more records and headers of records than this is refused: as objects, 64 MiB of empty
/// ones would take gigabytes. The 1 MiB that clients allow themselves before compression (max.request.size,
/// message.max.bytes) holds 150,000 of the shortest.
inline constexpr std::size_t kMaxRecords = 200'000;

/// Decompresses, and reads as many records as the batch says (kafka DefaultRecord.java). Positions of errors
/// count from the first record.
Decoded<std::vector<Record>> read_records(const RecordBatch& batch, std::size_t limit = kMaxDecompressed);

/// The same for one of many batches: takes what it decompresses from what `left` allows for all of them, or
/// all that a batch may decompress to where that fails. Two kilobytes of a batch can hold 64 MiB.
Decoded<std::vector<Record>> read_records_within(std::size_t& left, const RecordBatch& batch);

/// The record of a control batch: the end of a transaction, as its partitions see it (kafka
/// EndTransactionMarker.java).
struct ControlRecord {
  enum class Kind { abort, commit, other };
  Kind kind = Kind::other;
  std::optional<std::int32_t> coordinator_epoch = std::nullopt;

  bool operator==(const ControlRecord&) const = default;
};

Decoded<ControlRecord> read_control_record(const Record& record);

}  // namespace klab
