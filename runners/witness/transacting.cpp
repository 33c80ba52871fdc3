#include "runners/witness/transacting.hpp"

#include "runners/wire/views/offsets.hpp"
#include "runners/wire/views/produce.hpp"
#include "runners/witness/error_name.hpp"

namespace klab {
namespace {

// Nobody has as many; but who makes up ids without end must not use up klab's memory.
constexpr std::size_t kMostProducers = 100'000;

}  // namespace

void Transacting::hear(const Heard& heard) {
  if (heard.is_request())
    hear_request(heard);
  else if (heard.spoken.api_key == kInitProducerIdKey)
    hear_initialised(heard);
  else if (heard.spoken.api_key == kEndTxnKey)
    hear_ended(heard);
}

void Transacting::close(int connection) {
  initialisations_.close(connection);
  ends_.close(connection);
}

void Transacting::hear_request(const Heard& heard) {
  switch (heard.spoken.api_key) {
    case kInitProducerIdKey:
      if (const auto request = read_init_producer_id_request(heard.body()); request.transactional_id)
        initialisations_.ask(heard, *request.transactional_id);
      break;
    case kProduceKey:
      if (const auto request = read_produce_request(heard.body()); request.transactional_id)
        begin(heard, *request.transactional_id);
      break;
    case kAddPartitionsToTxnKey:
      for (const auto& added : read_add_partitions_to_txn_request(heard.body()).transactions)
        begin(heard, added.transactional_id);
      break;
    case kAddOffsetsToTxnKey:
      begin(heard, read_add_offsets_to_txn_request(heard.body()).transactional_id);
      break;
    case kTxnOffsetCommitKey:
      begin(heard, read_txn_offset_commit_request(heard.body()).transactional_id);
      break;
    case kEndTxnKey:
      ends_.ask(heard, {read_end_txn_request(heard.body()), heard.at});
      break;
    default:
      break;
  }
}

void Transacting::hear_initialised(const Heard& heard) {
  const auto transactional_id = initialisations_.answer(heard);
  const InitProducerIdResponse response = read_init_producer_id_response(heard.body());
  if (!transactional_id || response.error != 0) return;
  Producer& producer = producer_of(*transactional_id);
  // Whoever had the id before is fenced, and what it had begun is aborted.
  if (producer.is_open) record(heard, *transactional_id, TransactionStep::aborted, heard.at);
  producer = {.identity = response.producer};
}

void Transacting::hear_ended(const Heard& heard) {
  const auto asked = ends_.answer(heard);
  if (!asked) return;
  const EndTxnResponse response = read_end_txn_response(heard.body());
  const std::string& transactional_id = asked->request.transactional_id;
  record(heard, transactional_id,
         asked->request.is_commit ? TransactionStep::committed : TransactionStep::aborted, asked->at,
         response.error);
  if (response.error != 0) return;
  Producer& producer = producer_of(transactional_id);
  producer.is_open = false;
  if (response.producer.id >= 0) producer.identity = response.producer;
}

Transacting::Producer& Transacting::producer_of(const std::string& transactional_id) {
  if (producers_.size() >= kMostProducers && !producers_.contains(transactional_id)) producers_.clear();
  return producers_[transactional_id];
}

void Transacting::begin(const Heard& heard, const std::string& transactional_id) {
  Producer& producer = producer_of(transactional_id);
  if (producer.is_open) return;
  producer.is_open = true;
  record(heard, transactional_id, TransactionStep::begun, heard.at);
}

void Transacting::record(const Heard& heard, const std::string& transactional_id, TransactionStep step,
                         Moment asked, std::int16_t error) {
  const ProducerIdentity& producer = producer_of(transactional_id).identity;
  notebook_.record(TransactionStepped{.program = heard.program,
                                      .asked = asked,
                                      .at = heard.at,
                                      .transactional_id = transactional_id,
                                      .producer_id = producer.id,
                                      .producer_epoch = producer.epoch,
                                      .step = step,
                                      .error = error_name(error)});
}

}  // namespace klab
