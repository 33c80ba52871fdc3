#include "runners/wire/views/every_view.hpp"

#include "runners/wire/views/api_versions.hpp"
#include "runners/wire/views/fetch.hpp"
#include "runners/wire/views/find_coordinator.hpp"
#include "runners/wire/views/group.hpp"
#include "runners/wire/views/list_offsets.hpp"
#include "runners/wire/views/membership.hpp"
#include "runners/wire/views/metadata.hpp"
#include "runners/wire/views/offsets.hpp"
#include "runners/wire/views/produce.hpp"
#include "runners/wire/views/topic_changes.hpp"
#include "runners/wire/views/transactions.hpp"

namespace klab {
namespace {

template <typename Result>
View view(Result (*read)(const Struct&)) {
  return [read](const Struct& body, int) { read(body); };
}

}  // namespace

const std::map<std::string, View, std::less<>>& every_view() {
  static const std::map<std::string, View, std::less<>> views{
      {"AddOffsetsToTxnRequest", view(read_add_offsets_to_txn_request)},
      {"AddOffsetsToTxnResponse", view(read_add_offsets_to_txn_response)},
      {"AddPartitionsToTxnRequest", view(read_add_partitions_to_txn_request)},
      {"AddPartitionsToTxnResponse", view(read_add_partitions_to_txn_response)},
      {"ApiVersionsRequest", view(read_api_versions_request)},
      {"ApiVersionsResponse", view(read_api_versions_response)},
      {"ConsumerGroupHeartbeatRequest", view(read_consumer_group_heartbeat_request)},
      {"ConsumerGroupHeartbeatResponse", view(read_consumer_group_heartbeat_response)},
      {"CreateTopicsRequest", view(read_create_topics_request)},
      {"CreateTopicsResponse", view(read_create_topics_response)},
      {"DeleteRecordsRequest", view(read_delete_records_request)},
      {"DeleteRecordsResponse", view(read_delete_records_response)},
      {"DeleteTopicsRequest", view(read_delete_topics_request)},
      {"DeleteTopicsResponse", view(read_delete_topics_response)},
      {"EndTxnRequest", view(read_end_txn_request)},
      {"EndTxnResponse", view(read_end_txn_response)},
      {"FetchRequest", view(read_fetch_request)},
      {"FetchResponse", view(read_fetch_response)},
      {"FindCoordinatorRequest", view(read_find_coordinator_request)},
      {"FindCoordinatorResponse", view(read_find_coordinator_response)},
      {"HeartbeatRequest", view(read_heartbeat_request)},
      {"HeartbeatResponse", view(read_heartbeat_response)},
      {"IncrementalAlterConfigsRequest", view(read_incremental_alter_configs_request)},
      {"IncrementalAlterConfigsResponse", view(read_incremental_alter_configs_response)},
      {"InitProducerIdRequest", view(read_init_producer_id_request)},
      {"InitProducerIdResponse", view(read_init_producer_id_response)},
      {"JoinGroupRequest", view(read_join_group_request)},
      {"JoinGroupResponse", view(read_join_group_response)},
      {"LeaveGroupRequest", view(read_leave_group_request)},
      {"LeaveGroupResponse", view(read_leave_group_response)},
      {"ListOffsetsRequest", view(read_list_offsets_request)},
      {"ListOffsetsResponse", view(read_list_offsets_response)},
      {"MetadataRequest", [](const Struct& body, int version) { read_metadata_request(body, version); }},
      {"MetadataResponse", view(read_metadata_response)},
      {"OffsetCommitRequest", view(read_offset_commit_request)},
      {"OffsetCommitResponse", view(read_offset_commit_response)},
      {"OffsetFetchRequest", view(read_offset_fetch_request)},
      {"OffsetFetchResponse", view(read_offset_fetch_response)},
      {"ProduceRequest", view(read_produce_request)},
      {"ProduceResponse", view(read_produce_response)},
      {"SyncGroupRequest", view(read_sync_group_request)},
      {"SyncGroupResponse", view(read_sync_group_response)},
      {"TxnOffsetCommitRequest", view(read_txn_offset_commit_request)},
      {"TxnOffsetCommitResponse", view(read_txn_offset_commit_response)},
  };
  return views;
}

}  // namespace klab
