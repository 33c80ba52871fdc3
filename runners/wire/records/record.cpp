#include "runners/wire/records/record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runners/wire/byte_reader.hpp"

namespace klab {
namespace {

/// Deltas of a broken batch may lead anywhere; they may not overflow.
std::int64_t sum(std::int64_t base, std::int64_t delta) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(delta));
}

/// A varint of the length, -1 for null.
std::optional<std::string> read_text(ByteReader& reader) {
  const std::size_t start = reader.position();
  const std::int32_t length = reader.read_varint();
  if (length < -1) reader.fail(fmt::format("a length of {}", length), start);
  if (length < 0 || reader.failed()) return std::nullopt;
  return std::string(reader.read_bytes(static_cast<std::size_t>(length)));
}

RecordHeader read_header(ByteReader& reader) {
  const std::size_t start = reader.position();
  const std::optional<std::string> key = read_text(reader);
  if (!key) reader.fail("a header without a key", start);
  return {key.value_or(""), read_text(reader)};
}

void count(std::size_t& objects, ByteReader& reader) {
  if (++objects > kMaxRecords)
    reader.fail(fmt::format("more than {} records and headers", kMaxRecords), reader.position());
}

/// Counts itself and its headers.
Record read_record(const RecordBatch& batch, ByteReader& reader, std::size_t& objects) {
  count(objects, reader);
  const std::int32_t length = reader.read_varint();
  const std::size_t start = reader.position();
  reader.read_int8();  // attributes, unused
  Record record;
  const std::int64_t timestamp = sum(batch.base_timestamp, reader.read_varlong());
  record.timestamp = batch.has_log_append_time() ? batch.max_timestamp : timestamp;
  record.offset = sum(batch.base_offset, reader.read_varint());
  record.key = read_text(reader);
  record.value = read_text(reader);
  const std::int32_t headers = reader.read_varint();
  if (headers < 0) reader.fail(fmt::format("{} headers", headers), start);
  for (std::int32_t i = 0; i < headers && !reader.failed(); ++i) {
    count(objects, reader);
    record.headers.push_back(read_header(reader));
  }
  const std::size_t size = reader.position() - start;
  if (static_cast<std::int64_t>(size) != length)
    reader.fail(fmt::format("a record of {} bytes says {}", size, length), start);
  return record;
}

Decoded<std::vector<Record>> read_decompressed(const RecordBatch& batch, std::string_view bytes) {
  ByteReader reader(bytes);
  std::vector<Record> records;
  std::size_t objects = 0;
  for (std::int32_t i = 0; i < batch.record_count && !reader.failed(); ++i)
    records.push_back(read_record(batch, reader, objects));
  if (batch.record_count < 0) reader.fail(fmt::format("{} records", batch.record_count), 0);
  if (reader.remaining() > 0)
    reader.fail(fmt::format("{} bytes after the last record", reader.remaining()), reader.position());
  if (reader.failed()) return reader.error();
  return records;
}

}  // namespace

Decoded<std::vector<Record>> read_records(const RecordBatch& batch, std::size_t limit) {
  const Decoded<std::string> bytes = decompress(batch.codec(), batch.stored_records, limit);
  if (!bytes) return bytes.error();
  return read_decompressed(batch, *bytes);
}

Decoded<std::vector<Record>> read_records_within(std::size_t& left, const RecordBatch& batch) {
  const std::size_t limit = std::min(left, kMaxDecompressed);
  const Decoded<std::string> bytes = decompress(batch.codec(), batch.stored_records, limit);
  left -= bytes ? bytes->size() : limit;
  if (!bytes) return bytes.error();
  return read_decompressed(batch, *bytes);
}

// Key: int16 version, int16 type. Value: int16 version, int32 epoch of the coordinator. Higher versions only
// add.
Decoded<ControlRecord> read_control_record(const Record& record) {
  ByteReader key(record.key ? std::string_view(*record.key) : std::string_view());
  key.read_int16();
  const std::int16_t type = key.read_int16();
  if (key.failed()) return key.error();
  ControlRecord control;
  if (type > 1) return control;  // of KRaft's own log
  if (type < 0) return DecodeError{fmt::format("a control record of type {}", type), 2};
  control.kind = type == 0 ? ControlRecord::Kind::abort : ControlRecord::Kind::commit;
  ByteReader value(record.value ? std::string_view(*record.value) : std::string_view());
  value.read_int16();
  const std::int32_t epoch = value.read_int32();
  if (value.failed()) return value.error();
  control.coordinator_epoch = epoch;
  return control;
}

}  // namespace klab
