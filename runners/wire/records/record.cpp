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
std::optional<std::string_view> read_text(ByteReader& reader) {
  const std::size_t start = reader.position();
  const std::int32_t length = reader.read_varint();
  if (length < -1) reader.fail(fmt::format("a length of {}", length), start);
  if (length < 0 || reader.failed()) return std::nullopt;
  return reader.read_bytes(static_cast<std::size_t>(length));
}

RecordHeaderOf<std::string_view> read_header(ByteReader& reader) {
  const std::size_t start = reader.position();
  const std::optional<std::string_view> key = read_text(reader);
  if (!key) reader.fail("a header without a key", start);
  return {key.value_or(""), read_text(reader)};
}

void count(std::size_t& objects, ByteReader& reader) {
  if (++objects > kMaxRecords)
    reader.fail(fmt::format("more than {} records and headers", kMaxRecords), reader.position());
}

void read_headers(RecordView& record, ByteReader& reader, std::size_t start, std::size_t& objects) {
  record.headers.clear();
  const std::int32_t headers = reader.read_varint();
  if (headers < 0) reader.fail(fmt::format("{} headers", headers), start);
  for (std::int32_t i = 0; i < headers && !reader.failed(); ++i) {
    count(objects, reader);
    record.headers.push_back(read_header(reader));
  }
}

/// Counts itself and its headers. `record` is used over and over, for the sake of its vector.
void read_record(RecordView& record, const RecordBatch& batch, ByteReader& reader, std::size_t& objects) {
  count(objects, reader);
  const std::int32_t length = reader.read_varint();
  const std::size_t start = reader.position();
  reader.read_int8();  // attributes, unused
  const std::int64_t timestamp = sum(batch.base_timestamp, reader.read_varlong());
  record.timestamp = batch.has_log_append_time() ? batch.max_timestamp : timestamp;
  record.offset = sum(batch.base_offset, reader.read_varint());
  record.key = read_text(reader);
  record.value = read_text(reader);
  read_headers(record, reader, start, objects);
  const std::size_t size = reader.position() - start;
  if (static_cast<std::int64_t>(size) != length)
    reader.fail(fmt::format("a record of {} bytes says {}", size, length), start);
}

std::optional<DecodeError> for_each_record_in(const RecordBatch& batch, std::string_view bytes,
                                              const OnRecord& on_record) {
  ByteReader reader(bytes);
  RecordView record;
  std::size_t objects = 0;
  for (std::int32_t i = 0; i < batch.record_count && !reader.failed(); ++i) {
    read_record(record, batch, reader, objects);
    if (!reader.failed()) on_record(record);
  }
  if (batch.record_count < 0) reader.fail(fmt::format("{} records", batch.record_count), 0);
  if (reader.remaining() > 0)
    reader.fail(fmt::format("{} bytes after the last record", reader.remaining()), reader.position());
  return reader.failed() ? std::optional(reader.error()) : std::nullopt;
}

Record copy_of(const RecordView& view) {
  Record record{.offset = view.offset,
                .timestamp = view.timestamp,
                .key = std::optional<std::string>(view.key),
                .value = std::optional<std::string>(view.value)};
  for (const auto& header : view.headers)
    record.headers.push_back({std::string(header.key), std::optional<std::string>(header.value)});
  return record;
}

Decoded<std::string_view> decompressed(const RecordBatch& batch, std::size_t limit) {
  thread_local Decompressor decompressor;
  return decompressor.decompress(batch.codec(), batch.stored_records, limit);
}

Decoded<std::string_view> decompressed_within(std::size_t& left, const RecordBatch& batch) {
  const std::size_t limit = std::min(left, kMaxDecompressed);
  const Decoded<std::string_view> bytes = decompressed(batch, limit);
  left -= bytes ? bytes->size() : limit;
  return bytes;
}

Decoded<std::vector<Record>> read_decompressed(const RecordBatch& batch, std::string_view bytes) {
  std::vector<Record> records;
  const auto error =
      for_each_record_in(batch, bytes, [&](const RecordView& record) { records.push_back(copy_of(record)); });
  if (error) return *error;
  return records;
}

}  // namespace

std::optional<DecodeError> for_each_record(const RecordBatch& batch, const OnRecord& on_record,
                                           std::size_t limit) {
  const Decoded<std::string_view> bytes = decompressed(batch, limit);
  return bytes ? for_each_record_in(batch, *bytes, on_record) : bytes.error();
}

Decoded<std::vector<Record>> read_records(const RecordBatch& batch, std::size_t limit) {
  const Decoded<std::string_view> bytes = decompressed(batch, limit);
  if (!bytes) return bytes.error();
  return read_decompressed(batch, *bytes);
}

std::optional<DecodeError> for_each_record_within(std::size_t& left, const RecordBatch& batch,
                                                  const OnRecord& on_record) {
  const Decoded<std::string_view> bytes = decompressed_within(left, batch);
  return bytes ? for_each_record_in(batch, *bytes, on_record) : bytes.error();
}

Decoded<std::vector<Record>> read_records_within(std::size_t& left, const RecordBatch& batch) {
  const Decoded<std::string_view> bytes = decompressed_within(left, batch);
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
