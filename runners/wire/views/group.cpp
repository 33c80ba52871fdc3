#include "runners/wire/views/group.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

template <typename T>
std::optional<T> if_read(Decoded<T> decoded) {
  return decoded ? std::optional<T>(std::move(*decoded)) : std::nullopt;
}

/// Messages inside a message, each of which may have kMaxValues; so their bytes are limited together.
class InnerBytes {
 public:
  /// Nothing where it is more than is left.
  std::string_view of(const Struct& from, std::string_view name) {
    const std::string_view inner = bytes(from, name);
    if (inner.size() > left_) return {};
    left_ -= inner.size();
    return inner;
  }

 private:
  std::size_t left_ = kMostGroupBytes;
};

auto read_protocols(const Struct& body) {
  return map_elements(body, "Protocols", [inner = InnerBytes()](const Struct& protocol) mutable {
    return JoinGroupRequest::Protocol{text(protocol, "Name"),
                                      if_read(read_subscription(inner.of(protocol, "Metadata")))};
  });
}

auto read_members(const Struct& body) {
  return map_elements(body, "Members", [inner = InnerBytes()](const Struct& member) mutable {
    return JoinGroupResponse::Member{text(member, "MemberId"), text_or_null(member, "GroupInstanceId"),
                                     if_read(read_subscription(inner.of(member, "Metadata")))};
  });
}

auto read_assignments(const Struct& body) {
  return map_elements(body, "Assignments", [inner = InnerBytes()](const Struct& given) mutable {
    return SyncGroupRequest::Given{text(given, "MemberId"),
                                   if_read(read_assignment(inner.of(given, "Assignment")))};
  });
}

}  // namespace

JoinGroupRequest read_join_group_request(const Struct& body) {
  return {.group = text(body, "GroupId"),
          .member = text(body, "MemberId"),
          .instance = text_or_null(body, "GroupInstanceId"),
          .session_timeout_ms = number<std::int32_t>(body, "SessionTimeoutMs"),
          .rebalance_timeout_ms = number<std::int32_t>(body, "RebalanceTimeoutMs"),
          .protocol_type = text(body, "ProtocolType"),
          .protocols = read_protocols(body)};
}

JoinGroupResponse read_join_group_response(const Struct& body) {
  return {.error = number<std::int16_t>(body, "ErrorCode"),
          .generation = number<std::int32_t>(body, "GenerationId"),
          .protocol = text(body, "ProtocolName"),
          .leader = text(body, "Leader"),
          .member = text(body, "MemberId"),
          .members = read_members(body)};
}

SyncGroupRequest read_sync_group_request(const Struct& body) {
  return {.group = text(body, "GroupId"),
          .generation = number<std::int32_t>(body, "GenerationId"),
          .member = text(body, "MemberId"),
          .instance = text_or_null(body, "GroupInstanceId"),
          .assignments = read_assignments(body)};
}

SyncGroupResponse read_sync_group_response(const Struct& body) {
  return {.error = number<std::int16_t>(body, "ErrorCode"),
          .assignment = if_read(read_assignment(bytes(body, "Assignment")))};
}

}  // namespace klab
