#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runners/wire/codecs/codec.hpp"
#include "runners/wire/decoded.hpp"

namespace klab {

/// A batch of format 2, the only one since Kafka 4.0, before its records are looked at (kafka
/// DefaultRecordBatch.java).
struct RecordBatch {
  std::int64_t base_offset = 0;
  std::int32_t length = 0;  ///< of what follows the length itself
  std::int32_t partition_leader_epoch = 0;
  std::uint32_t crc = 0;
  bool crc_matches = false;
  std::uint16_t attributes = 0;
  std::int32_t last_offset_delta = 0;
  std::int64_t base_timestamp = 0;
  std::int64_t max_timestamp = 0;
  std::int64_t producer_id = -1;  ///< -1: not idempotent
  std::int16_t producer_epoch = -1;
  std::int32_t base_sequence = -1;
  std::int32_t record_count = 0;
  std::string_view stored_records = {};  ///< as they came, perhaps compressed; a view into what was read

  Codec codec() const { return static_cast<Codec>(attributes & 7); }  ///< may be one that does not exist
  bool has_log_append_time() const { return (attributes & 8) != 0; }
  bool is_transactional() const { return (attributes & 16) != 0; }
  bool is_control() const { return (attributes & 32) != 0; }
  bool has_delete_horizon() const { return (attributes & 64) != 0; }
  bool is_idempotent() const { return producer_id >= 0; }
};

/// What a `records` field holds: batches, and perhaps the beginning of one more, for a broker cuts where the
/// consumer's limit is. Whole batches before an error are kept.
struct RecordSet {
  std::vector<RecordBatch> batches = {};
  std::size_t truncated_bytes = 0;
  std::optional<DecodeError> error = std::nullopt;
};

RecordSet read_record_set(std::string_view bytes);

}  // namespace klab
