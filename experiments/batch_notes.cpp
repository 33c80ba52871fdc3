#include "experiments/batch_notes.hpp"

#include "experiments/told.hpp"
#include "runners/wire/api_key.hpp"
#include "runners/wire/frame_decoder.hpp"
#include "runners/wire/records/record.hpp"
#include "runners/wire/views/fetch.hpp"
#include "runners/wire/views/produce.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr const char* kBatches = "batches";

ordered_json text_or_null(const std::optional<std::string>& text) {
  return text ? ordered_json(*text) : ordered_json();
}

ordered_json fields_of(const Record& record) {
  ordered_json headers = ordered_json::object();
  for (const RecordHeader& header : record.headers) headers[header.key] = text_or_null(header.value);
  return {{"key", text_or_null(record.key)},
          {"value", text_or_null(record.value)},
          {"timestamp", record.timestamp},
          {"headers", headers}};
}

}  // namespace

bool BatchNotes::wants_contents(const Frame& frame) const {
  return is_request(frame, kProduceKey) || is_response(frame, kFetchKey);
}

Ruling BatchNotes::rule(const Frame& frame, Clock::time_point) {
  if (is_request(frame, kProduceKey)) {
    if (const Spoken spoken = decode_request(frame.contents); spoken.body)
      for (const auto& partition : read_produce_request(*spoken.body).partitions)
        note(frame, "sent", partition.records);
  } else if (is_response(frame, kFetchKey)) {
    const Spoken spoken = decode_response(frame.contents, frame.api_key, frame.api_version);
    if (spoken.body)
      for (const auto& partition : read_fetch_response(*spoken.body).partitions)
        note(frame, "given", partition.records);
  }
  return Ruling::pass();
}

void BatchNotes::note(const Frame& frame, const char* direction, std::string_view bytes) {
  for (const RecordBatch& batch : read_record_set(bytes).batches) {
    const auto records = read_records(batch);
    if (!records || batch.is_control()) continue;
    ordered_json fields = ordered_json::array();
    for (const Record& record : *records) fields.push_back(fields_of(record));
    record_told(recorder_, kBatches,
                {{direction, name_of(batch.codec())}, {"by", frame.program}, {"records", fields}});
  }
}

std::vector<nlohmann::json> noted_batches(const History& history, std::string_view program,
                                          std::string_view direction) {
  std::vector<nlohmann::json> batches;
  for (Told& one : told(history, kBatches, direction))
    if (one.what["by"] == program) batches.push_back(std::move(one.what));
  return batches;
}

}  // namespace klab
