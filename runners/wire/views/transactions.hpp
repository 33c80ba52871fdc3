#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/producer_identity.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

struct InitProducerIdRequest {
  std::optional<std::string> transactional_id = std::nullopt;  ///< none: idempotence only
  std::int32_t transaction_timeout_ms = 0;
  ProducerIdentity producer = {};
};

struct InitProducerIdResponse {
  std::int16_t error = 0;
  ProducerIdentity producer = {};
};

/// Java clients do not send it any more: with transaction.version 2, Produce says as much (KIP-890).
struct AddPartitionsToTxnRequest {
  struct Transaction {
    std::string transactional_id = {};
    ProducerIdentity producer = {};
    bool only_verifies = false;  ///< a broker asks
    std::vector<TopicPartition> partitions = {};
  };

  std::vector<Transaction> transactions = {};  ///< before version 4 always one
};

struct AddPartitionsToTxnResponse {
  struct Partition {
    std::string transactional_id = {};  ///< "" before version 4: that of the request
    TopicPartition added = {};
    std::int16_t error = 0;
  };

  std::int16_t error = 0;
  std::vector<Partition> partitions = {};
};

/// Nor this one.
struct AddOffsetsToTxnRequest {
  std::string transactional_id = {};
  ProducerIdentity producer = {};
  std::string group = {};
};

struct EndTxnRequest {
  std::string transactional_id = {};
  ProducerIdentity producer = {};
  bool is_commit = false;
};

struct EndTxnResponse {
  std::int16_t error = 0;
  ProducerIdentity producer = {};  ///< since version 5: the one to go on with
};

InitProducerIdRequest read_init_producer_id_request(const Struct& body);
InitProducerIdResponse read_init_producer_id_response(const Struct& body);
AddPartitionsToTxnRequest read_add_partitions_to_txn_request(const Struct& body);
AddPartitionsToTxnResponse read_add_partitions_to_txn_response(const Struct& body);
AddOffsetsToTxnRequest read_add_offsets_to_txn_request(const Struct& body);
std::int16_t read_add_offsets_to_txn_response(const Struct& body);  ///< the error
EndTxnRequest read_end_txn_request(const Struct& body);
EndTxnResponse read_end_txn_response(const Struct& body);

}  // namespace klab
