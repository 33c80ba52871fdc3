#include "runners/wire/views/transactions.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

AddPartitionsToTxnRequest::Transaction read_transaction(const Struct& transaction) {
  return {.transactional_id = text(transaction, "TransactionalId"),
          .producer = producer_in(transaction),
          .only_verifies = transaction["VerifyOnly"].boolean(),
          .partitions = topic_partitions(transaction, "Topics", "Partitions")};
}

/// Of version 3 and below.
AddPartitionsToTxnRequest::Transaction read_only_transaction(const Struct& body) {
  return {.transactional_id = text(body, "V3AndBelowTransactionalId"),
          .producer = {number<std::int64_t>(body, "V3AndBelowProducerId"),
                       number<std::int16_t>(body, "V3AndBelowProducerEpoch")},
          .partitions = topic_partitions(body, "V3AndBelowTopics", "Partitions")};
}

void add_results(AddPartitionsToTxnResponse& response, const std::string& transactional_id,
                 const Struct& from, std::string_view topics) {
  for (auto& partition :
       map_partitions(from, topics, "ResultsByPartition", [&](TopicRef topic, const Struct&result) {
         return AddPartitionsToTxnResponse::Partition{
             transactional_id,
             {std::move(topic), number<std::int32_t>(result, "PartitionIndex")},
             number<std::int16_t>(result, "PartitionErrorCode")};
       }))
    response.partitions.push_back(std::move(partition));
}

}  // namespace

InitProducerIdRequest read_init_producer_id_request(const Struct& body) {
  return {.transactional_id = text_or_null(body, "TransactionalId"),
          .transaction_timeout_ms = number<std::int32_t>(body, "TransactionTimeoutMs"),
          .producer = producer_in(body)};
}

InitProducerIdResponse read_init_producer_id_response(const Struct& body) {
  return {number<std::int16_t>(body, "ErrorCode"), producer_in(body)};
}

AddPartitionsToTxnRequest read_add_partitions_to_txn_request(const Struct& body) {
  AddPartitionsToTxnRequest request{map_elements(body, "Transactions", read_transaction)};
  if (body["V3AndBelowTransactionalId"].is_present)
    request.transactions.push_back(read_only_transaction(body));
  return request;
}

AddPartitionsToTxnResponse read_add_partitions_to_txn_response(const Struct& body) {
  AddPartitionsToTxnResponse response{.error = number<std::int16_t>(body, "ErrorCode")};
  add_results(response, "", body, "ResultsByTopicV3AndBelow");
  for (const Value& result : elements(body, "ResultsByTransaction"))
    add_results(response, repeated_name(result.structure(), "TransactionalId"), result.structure(),
                "TopicResults");
  return response;
}

AddOffsetsToTxnRequest read_add_offsets_to_txn_request(const Struct& body) {
  return {text(body, "TransactionalId"), producer_in(body), text(body, "GroupId")};
}

std::int16_t read_add_offsets_to_txn_response(const Struct& body) {
  return number<std::int16_t>(body, "ErrorCode");
}

EndTxnRequest read_end_txn_request(const Struct& body) {
  return {text(body, "TransactionalId"), producer_in(body), body["Committed"].boolean()};
}

EndTxnResponse read_end_txn_response(const Struct& body) {
  return {number<std::int16_t>(body, "ErrorCode"), producer_in(body)};
}

}  // namespace klab
