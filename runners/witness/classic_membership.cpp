#include "runners/witness/membership.hpp"

namespace klab {
namespace {

// kafka Errors.java
constexpr std::int16_t kIllegalGeneration = 22;
constexpr std::int16_t kUnknownMemberId = 25;
constexpr std::int16_t kFencedInstanceId = 82;

/// The broker has done with the member: whatever it owned may be another's by now.
bool is_expelled(std::int16_t error) {
  return error == kIllegalGeneration || error == kUnknownMemberId || error == kFencedInstanceId;
}

bool is_consumer(const JoinGroupRequest& request) { return request.protocol_type == "consumer"; }

/// What the member says that it keeps while the group rebalances: nothing, unless it is a cooperative one
/// (KIP-429).
std::set<PartitionName> kept_by(const JoinGroupRequest& request, const MemberBook& book) {
  std::set<PartitionName> kept;
  for (const auto& protocol : request.protocols)
    if (protocol.subscription) kept.merge(book.named(protocol.subscription->owned));
  return kept;
}

std::vector<std::string> topics_of(const JoinGroupRequest& request) {
  for (const auto& protocol : request.protocols)
    if (protocol.subscription) return protocol.subscription->topics;
  return {};
}

}  // namespace

void ClassicMembership::hear(const Heard& heard) {
  switch (heard.spoken.api_key) {
    case kJoinGroupKey:
      return hear_join(heard);
    case kSyncGroupKey:
      return hear_sync(heard);
    case kHeartbeatKey:
      return hear_heartbeat(heard);
    case kLeaveGroupKey:
      return hear_leave(heard);
    default:
      return;
  }
}

void ClassicMembership::close(int connection) {
  joins_.close(connection);
  syncs_.close(connection);
  heartbeats_.close(connection);
}

void ClassicMembership::hear_join(const Heard& heard) {
  if (heard.is_request()) {
    const JoinGroupRequest request = read_join_group_request(heard.body());
    if (!is_consumer(request)) return;
    if (Member* member = book_.find(request.group, request.member))
      book_.keep(*member, heard.at, kept_by(request, book_));
    return joins_.ask(heard, request);
  }
  const auto asked = joins_.answer(heard);
  if (!asked) return;
  const JoinGroupResponse response = read_join_group_response(heard.body());
  if (Member* expelled = book_.find(asked->group, asked->member);
      expelled != nullptr && is_expelled(response.error))
    book_.keep(*expelled, heard.at, {});
  if (response.error != 0) return;
  Member& member = book_.member(heard.program, asked->group, response.member);
  member.instance = asked->instance;
  book_.replace_instance_of(member, heard.at);
  member.generation = response.generation;
  book_.notebook().record(Joined{.program = heard.program,
                                 .at = heard.at,
                                 .group = member.group,
                                 .member = member.id,
                                 .instance = member.instance,
                                 .protocol = "classic",
                                 .generation = member.generation,
                                 .topics = topics_of(*asked)});
}

void ClassicMembership::hear_sync(const Heard& heard) {
  if (heard.is_request()) return syncs_.ask(heard, read_sync_group_request(heard.body()));
  const auto asked = syncs_.answer(heard);
  if (!asked) return;
  const SyncGroupResponse response = read_sync_group_response(heard.body());
  Member* member = book_.find(asked->group, asked->member);
  if (member == nullptr) return;
  if (is_expelled(response.error)) return book_.keep(*member, heard.at, {});
  if (response.error == 0)
    book_.assign(
        *member, heard.at,
        response.assignment ? book_.named(response.assignment->partitions) : std::set<PartitionName>{});
}

void ClassicMembership::hear_heartbeat(const Heard& heard) {
  if (heard.is_request()) return heartbeats_.ask(heard, read_heartbeat_request(heard.body()));
  const auto asked = heartbeats_.answer(heard);
  Member* member = asked ? book_.find(asked->group, asked->member) : nullptr;
  if (member != nullptr && is_expelled(read_heartbeat_response(heard.body())))
    book_.keep(*member, heard.at, {});
}

void ClassicMembership::hear_leave(const Heard& heard) {
  if (!heard.is_request()) return;
  const LeaveGroupRequest request = read_leave_group_request(heard.body());
  for (const auto& leaving : request.members) {
    Member* member = leaving.member.empty() && leaving.instance
                         ? book_.find_instance(request.group, *leaving.instance)
                         : book_.find(request.group, leaving.member);
    if (member != nullptr) book_.leave(*member, heard.at);
  }
}

}  // namespace klab
