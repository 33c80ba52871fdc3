#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runners/wire/records/record_batch.hpp"

namespace klab {

template <typename Text>
struct RecordHeaderOf {
  Text key = {};
  std::optional<Text> value = std::nullopt;

  bool operator==(const RecordHeaderOf&) const = default;
};

template <typename Text>
struct RecordOf {
  std::int64_t offset = 0;  ///< in a producer's batch they count from 0
  std::int64_t timestamp = 0;
  std::optional<Text> key = std::nullopt;
  std::optional<Text> value = std::nullopt;
  std::vector<RecordHeaderOf<Text>> headers = {};

  bool operator==(const RecordOf&) const = default;
};

using RecordHeader = RecordHeaderOf<std::string>;
using Record = RecordOf<std::string>;
using RecordView = RecordOf<std::string_view>;  ///< of bytes that belong to somebody else

/// A batch that says it has more than this is not looked into.
inline constexpr std::size_t kMaxDecompressed = 64 * 1024 * 1024;

/// A batch that has more records and headers of records than this is refused: as objects, 64 MiB of empty
/// ones would take gigabytes. The 1 MiB that clients allow themselves before compression (max.request.size,
/// message.max.bytes) holds 150,000 of the shortest.
inline constexpr std::size_t kMaxRecords = 200'000;

/// Decompresses, and hands over as many records as the batch says (kafka DefaultRecord.java), each good
/// during its call, which may not read another batch. Where one cannot be read, those before it have been
/// handed over. Positions of errors count from the first record.
using OnRecord = std::function<void(const RecordView& record)>;
std::optional<DecodeError> for_each_record(const RecordBatch& batch, const OnRecord& on_record,
                                           std::size_t limit = kMaxDecompressed);

/// The same records to keep, several times as slow; none where one cannot be read.
Decoded<std::vector<Record>> read_records(const RecordBatch& batch, std::size_t limit = kMaxDecompressed);

/// The same for one of many batches: each takes what it decompresses from what `left` allows for all of them,
/// or all that a batch may decompress to where that fails. Two kilobytes of a batch can hold 64 MiB.
std::optional<DecodeError> for_each_record_within(std::size_t& left, const RecordBatch& batch,
                                                  const OnRecord& on_record);
Decoded<std::vector<Record>> read_records_within(std::size_t& left, const RecordBatch& batch);

/// Enough for the batches of one frame.
inline constexpr std::size_t kMaxDecompressedOfFrame = 4 * kMaxDecompressed;

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
