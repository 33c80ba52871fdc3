#include "runners/wire/records/record_batch.hpp"

#include <fmt/format.h>

#include "runners/wire/byte_reader.hpp"
#include "runners/wire/records/crc32c.hpp"

namespace klab {
namespace {

constexpr std::size_t kBeforeLengthCounts = 12;  // base offset and length
constexpr std::int32_t kShortest = 49;           // the fixed fields after the length
constexpr std::size_t kMagicAt = 16;
constexpr std::size_t kCheckedFrom = 21;  // attributes to the end
constexpr char kMagic = 2;

/// `bytes` are the whole of one batch.
RecordBatch read_batch(std::string_view bytes) {
  ByteReader reader(bytes);
  RecordBatch batch;
  batch.base_offset = reader.read_int64();
  batch.length = reader.read_int32();
  batch.partition_leader_epoch = reader.read_int32();
  reader.read_int8();  // magic
  batch.crc = reader.read_uint32();
  batch.crc_matches = batch.crc == crc32c(bytes.substr(kCheckedFrom));
  batch.attributes = reader.read_uint16();
  batch.last_offset_delta = reader.read_int32();
  batch.base_timestamp = reader.read_int64();
  batch.max_timestamp = reader.read_int64();
  batch.producer_id = reader.read_int64();
  batch.producer_epoch = reader.read_int16();
  batch.base_sequence = reader.read_int32();
  batch.record_count = reader.read_int32();
  batch.stored_records = reader.read_bytes(reader.remaining());
  return batch;
}

}  // namespace

RecordSet read_record_set(std::string_view bytes) {
  RecordSet set;
  std::size_t position = 0;
  for (; bytes.size() - position > kMagicAt;
       position += kBeforeLengthCounts + static_cast<std::size_t>(set.batches.back().length)) {
    const std::string_view rest = bytes.substr(position);
    const std::int32_t length = ByteReader(rest.substr(8)).read_int32();
    if (rest[kMagicAt] != kMagic)
      set.error = DecodeError{fmt::format("a batch of format {}", int{rest[kMagicAt]}), position + kMagicAt};
    else if (length < kShortest)
      set.error = DecodeError{fmt::format("a batch of {} bytes", length), position + 8};
    if (set.error) return set;
    const std::size_t size = kBeforeLengthCounts + static_cast<std::size_t>(length);
    if (size > rest.size()) break;
    set.batches.push_back(read_batch(rest.substr(0, size)));
  }
  set.truncated_bytes = bytes.size() - position;
  return set;
}

}  // namespace klab
