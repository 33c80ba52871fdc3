#include "runners/witness/producing.hpp"

#include "runners/wire/records/record.hpp"
#include "runners/wire/views/produce.hpp"
#include "runners/witness/error_name.hpp"

namespace klab {
namespace {

/// Adds what a batch holds; false when it could not be understood.
bool add_batch(SentBatch& sent, const RecordBatch& batch, const Notebook& notebook, std::size_t& left) {
  sent.messages += static_cast<std::size_t>(std::max(batch.record_count, 0));
  const auto error = for_each_record_within(left, batch, [&](const RecordView& record) {
    for (std::string& id : notebook.ids_in(record.value.value_or(""))) sent.ids.push_back(std::move(id));
  });
  return !error;
}

}  // namespace

void Producing::hear(const Heard& heard) {
  if (heard.spoken.api_key != kProduceKey) return;
  heard.is_request() ? hear_request(heard) : hear_response(heard);
}

void Producing::hear_request(const Heard& heard) {
  const ProduceRequest request = read_produce_request(heard.body());
  std::size_t left = kMaxDecompressedOfFrame;
  for (const auto& partition : request.partitions) {
    SentBatch sent{.program = heard.program,
                   .connection = heard.connection,
                   .request = heard.spoken.correlation_id,
                   .at = heard.at,
                   .topic = notebook_.topics.name_of(partition.to.topic),
                   .partition = partition.to.partition,
                   .acks = request.acks,
                   .transactional_id = request.transactional_id};
    const RecordSet set = read_record_set(partition.records);
    bool understood = !set.error && set.truncated_bytes == 0;
    for (const RecordBatch& batch : set.batches) understood &= add_batch(sent, batch, notebook_, left);
    if (!understood) notebook_.not_understood(heard.program, "a batch of records that it sent");
    if (!set.batches.empty()) {
      const RecordBatch& first = set.batches.front();
      sent.codec = name_of(first.codec());
      sent.producer_id = first.producer_id;
      sent.producer_epoch = first.producer_epoch;
      sent.base_sequence = first.base_sequence;
    }
    notebook_.record(std::move(sent));
  }
}

void Producing::hear_response(const Heard& heard) {
  for (const auto& partition : read_produce_response(heard.body()).partitions)
    notebook_.record(Answered{.program = heard.program,
                              .connection = heard.connection,
                              .request = heard.spoken.correlation_id,
                              .at = heard.at,
                              .topic = notebook_.topics.name_of(partition.to.topic),
                              .partition = partition.to.partition,
                              .error = error_name(partition.error),
                              .base_offset = partition.base_offset});
}

}  // namespace klab
