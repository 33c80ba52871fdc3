#pragma once

namespace klab {

/// The keys of those of Kafka's APIs that klab asks about by name (kafka ApiKeys.java).
enum class Api : int {
  produce = 0,
  fetch = 1,
  metadata = 3,
  offset_commit = 8,
  offset_fetch = 9,
  join_group = 11,
  heartbeat = 12,
  leave_group = 13,
  sync_group = 14,
  sasl_handshake = 17,
  api_versions = 18,
  create_topics = 19,
  init_producer_id = 22,
  add_partitions_to_txn = 24,
  add_offsets_to_txn = 25,
  end_txn = 26,
  txn_offset_commit = 28,
  consumer_group_heartbeat = 68,
};

}  // namespace klab
