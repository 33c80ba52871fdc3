#include "runners/wire/views/offsets.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

CommittedPosition read_position(TopicRef topic, const Struct& partition) {
  return {.of = {std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
          .next = number<std::int64_t>(partition, "CommittedOffset"),
          .metadata = text_or_null(partition, "CommittedMetadata")};
}

PartitionError read_error(TopicRef topic, const Struct& partition) {
  return {{std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
          number<std::int16_t>(partition, "ErrorCode")};
}

OffsetFetchRequest::Group read_asked_group(const Struct& group) {
  return {.group = text(group, "GroupId"),
          .is_for_all_partitions = group["Topics"].is_null(),
          .partitions = topic_partitions(group, "Topics", "PartitionIndexes")};
}

OffsetFetchResponse::Position read_fetched(TopicRef topic, const Struct& partition) {
  return {.of = {std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
          .next = number<std::int64_t>(partition, "CommittedOffset"),
          .error = number<std::int16_t>(partition, "ErrorCode")};
}

OffsetFetchResponse::Group read_answered_group(const Struct& group) {
  return {.group = group.find("GroupId") == nullptr ? "" : text(group, "GroupId"),
          .error = number<std::int16_t>(group, "ErrorCode"),
          .positions = map_partitions(group, "Topics", "Partitions", read_fetched)};
}

}  // namespace

OffsetCommitRequest read_offset_commit_request(const Struct& body) {
  return {.group = text(body, "GroupId"),
          .generation = number<std::int32_t>(body, "GenerationIdOrMemberEpoch"),
          .member = text(body, "MemberId"),
          .instance = text_or_null(body, "GroupInstanceId"),
          .positions = map_partitions(body, "Topics", "Partitions", read_position)};
}

std::vector<PartitionError> read_offset_commit_response(const Struct& body) {
  return map_partitions(body, "Topics", "Partitions", read_error);
}

TxnOffsetCommitRequest read_txn_offset_commit_request(const Struct& body) {
  return {.transactional_id = text(body, "TransactionalId"),
          .producer = producer_in(body),
          .commit = {.group = text(body, "GroupId"),
                     .generation = number<std::int32_t>(body, "GenerationId"),
                     .member = text(body, "MemberId"),
                     .instance = text_or_null(body, "GroupInstanceId"),
                     .positions = map_partitions(body, "Topics", "Partitions", read_position)}};
}

std::vector<PartitionError> read_txn_offset_commit_response(const Struct& body) {
  return map_partitions(body, "Topics", "Partitions", read_error);
}

OffsetFetchRequest read_offset_fetch_request(const Struct& body) {
  OffsetFetchRequest request{.groups = map_elements(body, "Groups", read_asked_group),
                             .requires_stable = body["RequireStable"].boolean()};
  if (body["GroupId"].is_present) request.groups.push_back(read_asked_group(body));
  return request;
}

OffsetFetchResponse read_offset_fetch_response(const Struct& body) {
  OffsetFetchResponse response{map_elements(body, "Groups", read_answered_group)};
  if (body["Topics"].is_present) response.groups.push_back(read_answered_group(body));
  return response;
}

}  // namespace klab
