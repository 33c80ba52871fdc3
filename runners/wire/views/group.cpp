#include "runners/wire/views/group.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

template <typename T>
std::optional<T> if_read(Decoded<T> decoded) {
  return decoded ? std::optional<T>(std::move(*decoded)) : std::nullopt;
}

JoinGroupRequest::Protocol read_protocol(const Struct& protocol) {
  return {text(protocol, "Name"), if_read(read_subscription(bytes(protocol, "Metadata")))};
}

JoinGroupResponse::Member read_member(const Struct& member) {
  return {text(member, "MemberId"), text_or_null(member, "GroupInstanceId"),
          if_read(read_subscription(bytes(member, "Metadata")))};
}

SyncGroupRequest::Given read_given(const Struct& given) {
  return {text(given, "MemberId"), if_read(read_assignment(bytes(given, "Assignment")))};
}

}  // namespace

JoinGroupRequest read_join_group_request(const Struct& body) {
  return {.group = text(body, "GroupId"),
          .member = text(body, "MemberId"),
          .instance = text_or_null(body, "GroupInstanceId"),
          .session_timeout_ms = number<std::int32_t>(body, "SessionTimeoutMs"),
          .rebalance_timeout_ms = number<std::int32_t>(body, "RebalanceTimeoutMs"),
          .protocol_type = text(body, "ProtocolType"),
          .protocols = map_elements(body, "Protocols", read_protocol)};
}

JoinGroupResponse read_join_group_response(const Struct& body) {
  return {.error = number<std::int16_t>(body, "ErrorCode"),
          .generation = number<std::int32_t>(body, "GenerationId"),
          .protocol = text(body, "ProtocolName"),
          .leader = text(body, "Leader"),
          .member = text(body, "MemberId"),
          .members = map_elements(body, "Members", read_member)};
}

SyncGroupRequest read_sync_group_request(const Struct& body) {
  return {.group = text(body, "GroupId"),
          .generation = number<std::int32_t>(body, "GenerationId"),
          .member = text(body, "MemberId"),
          .instance = text_or_null(body, "GroupInstanceId"),
          .assignments = map_elements(body, "Assignments", read_given)};
}

SyncGroupResponse read_sync_group_response(const Struct& body) {
  return {.error = number<std::int16_t>(body, "ErrorCode"),
          .assignment = if_read(read_assignment(bytes(body, "Assignment")))};
}

}  // namespace klab
