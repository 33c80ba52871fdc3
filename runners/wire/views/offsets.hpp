#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/producer_identity.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

/// An offset that a group commits: that of the next record to be read.
struct CommittedPosition {
  TopicPartition of = {};
  std::int64_t next = 0;
  std::optional<std::string> metadata = std::nullopt;
};

struct PartitionError {
  TopicPartition of = {};
  std::int16_t error = 0;
};

struct OffsetCommitRequest {
  std::string group = {};
  std::int32_t generation = -1;  ///< or the member's epoch; -1 without a group's membership
  std::string member = {};
  std::optional<std::string> instance = std::nullopt;
  std::vector<CommittedPosition> positions = {};
};

/// A consumer's positions as a part of a producer's transaction (KIP-447).
struct TxnOffsetCommitRequest {
  std::string transactional_id = {};
  ProducerIdentity producer = {};
  OffsetCommitRequest commit = {};
};

struct OffsetFetchRequest {
  struct Group {
    std::string group = {};
    bool is_for_all_partitions = false;
    std::vector<TopicPartition> partitions = {};
  };

  std::vector<Group> groups = {};  ///< before version 8 always one
  bool requires_stable = false;
};

struct OffsetFetchResponse {
  struct Position {
    TopicPartition of = {};
    std::int64_t next = -1;  ///< -1: none was committed
    std::int16_t error = 0;
  };
  struct Group {
    std::string group = {};  ///< "" before version 8: that of the request
    std::int16_t error = 0;
    std::vector<Position> positions = {};
  };

  std::vector<Group> groups = {};
};

OffsetCommitRequest read_offset_commit_request(const Struct& body);
std::vector<PartitionError> read_offset_commit_response(const Struct& body);
TxnOffsetCommitRequest read_txn_offset_commit_request(const Struct& body);
std::vector<PartitionError> read_txn_offset_commit_response(const Struct& body);
OffsetFetchRequest read_offset_fetch_request(const Struct& body);
OffsetFetchResponse read_offset_fetch_response(const Struct& body);

}  // namespace klab
