#include "runners/witness/transacting.hpp"

#include "runners/wire/records/record_batch.hpp"
#include "runners/wire/views/offsets.hpp"
#include "runners/wire/views/produce.hpp"
#include "runners/witness/error_name.hpp"

namespace klab {
namespace {

// Nobody has as many; but who makes up ids without end must not use up klab's memory.
constexpr std::size_t kMostProducers = 100'000;

/// Who sent it, as its first batch says.
ProducerIdentity producer_in(const ProduceRequest& request) {
  for (const auto& partition : request.partitions)
    for (const RecordBatch& batch : read_record_set(partition.records).batches)
      return {batch.producer_id, batch.producer_epoch};
  return {};
}

}  // namespace

void Transacting::hear(const Heard& heard) {
  if (heard.is_request())
    hear_request(heard);
  else if (heard.spoken.api_key == kInitProducerIdKey)
    hear_initialised(heard);
  else if (heard.spoken.api_key == kEndTxnKey)
    hear_ended(heard);
}

void Transacting::close(int connection, const std::string& program, Moment at) {
  initialisations_.close(connection);
  for (const AskedEnd& asked : ends_.close(connection))
    record(program, at, asked.request.transactional_id, TransactionStep::unknown, asked.at);
}

void Transacting::hear_request(const Heard& heard) {
  switch (heard.spoken.api_key) {
    case kInitProducerIdKey:
      if (auto request = read_init_producer_id_request(heard.body()); request.transactional_id)
        initialisations_.ask(heard, std::move(request));
      break;
    case kProduceKey:
      if (const auto request = read_produce_request(heard.body()); request.transactional_id)
        begin(heard, *request.transactional_id, producer_in(request));
      break;
    case kAddPartitionsToTxnKey:
      for (const auto& added : read_add_partitions_to_txn_request(heard.body()).transactions)
        begin(heard, added);
      break;
    case kAddOffsetsToTxnKey:
      begin(heard, read_add_offsets_to_txn_request(heard.body()));
      break;
    case kTxnOffsetCommitKey:
      begin(heard, read_txn_offset_commit_request(heard.body()));
      break;
    case kEndTxnKey:
      hear_end_asked(heard);
      break;
    default:
      break;
  }
}

void Transacting::hear_end_asked(const Heard& heard) {
  EndTxnRequest request = read_end_txn_request(heard.body());
  producer_of(request.transactional_id).is_commit_asked |= request.is_commit;
  ends_.ask(heard, {std::move(request), heard.at});
}

void Transacting::hear_initialised(const Heard& heard) {
  const auto asked = initialisations_.answer(heard);
  const InitProducerIdResponse response = read_init_producer_id_response(heard.body());
  if (!asked || response.error != 0) return;
  Producer& producer = producer_of(*asked->transactional_id);
  if (producer.is_open) {
    // Whoever had the id before is fenced, and what it had begun is aborted, unless its commit came first.
    // The broker itself aborts what is older than the producer's timeout.
    const bool may_have_ended = producer.is_commit_asked || heard.at - producer.begun > producer.timeout;
    record(heard.program, heard.at, *asked->transactional_id,
           may_have_ended ? TransactionStep::unknown : TransactionStep::aborted, heard.at);
  }
  producer = {.identity = response.producer,
              .timeout = std::chrono::milliseconds(asked->transaction_timeout_ms)};
}

void Transacting::hear_ended(const Heard& heard) {
  const auto asked = ends_.answer(heard);
  if (!asked) return;
  const EndTxnResponse response = read_end_txn_response(heard.body());
  const std::string& transactional_id = asked->request.transactional_id;
  record(heard.program, heard.at, transactional_id,
         asked->request.is_commit ? TransactionStep::committed : TransactionStep::aborted, asked->at,
         response.error);
  if (response.error != 0) return;
  Producer& producer = producer_of(transactional_id);
  producer.is_open = producer.is_commit_asked = false;
  if (response.producer.id >= 0) producer.identity = response.producer;
}

Transacting::Producer& Transacting::producer_of(const std::string& transactional_id) {
  if (producers_.size() >= kMostProducers && !producers_.contains(transactional_id)) producers_.clear();
  return producers_[transactional_id];
}

void Transacting::begin(const Heard& heard, const auto& request) {
  begin(heard, request.transactional_id, request.producer);
}

void Transacting::begin(const Heard& heard, const std::string& transactional_id, ProducerIdentity sender) {
  Producer& producer = producer_of(transactional_id);
  const bool is_fenced = sender.id == producer.identity.id && sender.epoch < producer.identity.epoch;
  if (producer.is_open || is_fenced) return;
  producer.is_open = true;
  producer.begun = heard.at;
  record(heard.program, heard.at, transactional_id, TransactionStep::begun, heard.at);
}

void Transacting::record(const std::string& program, Moment at, const std::string& transactional_id,
                         TransactionStep step, Moment asked, std::int16_t error) {
  const ProducerIdentity& producer = producer_of(transactional_id).identity;
  notebook_.record(TransactionStepped{.program = program,
                                      .asked = asked,
                                      .at = at,
                                      .transactional_id = transactional_id,
                                      .producer_id = producer.id,
                                      .producer_epoch = producer.epoch,
                                      .step = step,
                                      .error = error_name(error)});
}

}  // namespace klab
