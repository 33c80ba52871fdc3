#include "runners/wire/views/membership.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

LeaveGroupRequest::Member read_member(const Struct& member) {
  return {text(member, "MemberId"), text_or_null(member, "GroupInstanceId"), text_or_null(member, "Reason")};
}

}  // namespace

HeartbeatRequest read_heartbeat_request(const Struct& body) {
  return {.group = text(body, "GroupId"),
          .generation = number<std::int32_t>(body, "GenerationId"),
          .member = text(body, "MemberId"),
          .instance = text_or_null(body, "GroupInstanceId")};
}

std::int16_t read_heartbeat_response(const Struct& body) { return number<std::int16_t>(body, "ErrorCode"); }

LeaveGroupRequest read_leave_group_request(const Struct& body) {
  LeaveGroupRequest request{.group = text(body, "GroupId"),
                            .members = map_elements(body, "Members", read_member)};
  if (body["MemberId"].is_present) request.members.push_back({.member = text(body, "MemberId")});
  return request;
}

std::int16_t read_leave_group_response(const Struct& body) { return number<std::int16_t>(body, "ErrorCode"); }

ConsumerGroupHeartbeatRequest read_consumer_group_heartbeat_request(const Struct& body) {
  ConsumerGroupHeartbeatRequest request{.group = text(body, "GroupId"),
                                        .member = text(body, "MemberId"),
                                        .epoch = number<std::int32_t>(body, "MemberEpoch"),
                                        .instance = text_or_null(body, "InstanceId"),
                                        .topic_regex = text_or_null(body, "SubscribedTopicRegex")};
  if (!body["SubscribedTopicNames"].is_null()) request.topics = texts(body, "SubscribedTopicNames");
  if (!body["TopicPartitions"].is_null())
    request.owned = topic_partitions(body, "TopicPartitions", "Partitions");
  return request;
}

ConsumerGroupHeartbeatResponse read_consumer_group_heartbeat_response(const Struct& body) {
  ConsumerGroupHeartbeatResponse response{.error = number<std::int16_t>(body, "ErrorCode"),
                                          .member = text_or_null(body, "MemberId"),
                                          .epoch = number<std::int32_t>(body, "MemberEpoch")};
  if (!body["Assignment"].is_null())
    response.assigned = topic_partitions(body["Assignment"].structure(), "TopicPartitions", "Partitions");
  return response;
}

}  // namespace klab
