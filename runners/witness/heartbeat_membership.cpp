#include <algorithm>

#include "runners/witness/membership.hpp"

namespace klab {
namespace {

// kafka Errors.java: what the member owned may be another's by now.
constexpr std::int16_t kUnknownMemberId = 25;
constexpr std::int16_t kFencedMemberEpoch = 110;
constexpr std::int16_t kUnreleasedInstanceId = 111;

bool is_expelled(std::int16_t error) {
  return error == kUnknownMemberId || error == kFencedMemberEpoch || error == kUnreleasedInstanceId;
}

bool has_all(const std::set<PartitionName>& of, const std::set<PartitionName>& wanted) {
  return std::ranges::includes(of, wanted);
}

}  // namespace

void HeartbeatMembership::hear(const Heard& heard) {
  if (heard.spoken.api_key != kConsumerGroupHeartbeatKey) return;
  heard.is_request() ? hear_request(heard) : hear_response(heard);
}

void HeartbeatMembership::hear_request(const Heard& heard) {
  const ConsumerGroupHeartbeatRequest request = read_consumer_group_heartbeat_request(heard.body());
  beats_.ask(heard, request);
  Member* member = book_.find(request.group, request.member);
  if (member == nullptr) return;
  if (request.epoch < 0) return book_.leave(*member, heard.at);
  if (!request.owned) return;
  const auto owned = book_.named(*request.owned);
  book_.keep(*member, heard.at, owned);
  if (!has_all(member->owned, owned)) book_.assign(*member, heard.at, owned);
}

void HeartbeatMembership::hear_response(const Heard& heard) {
  const auto asked = beats_.answer(heard);
  if (!asked) return;
  const ConsumerGroupHeartbeatResponse response = read_consumer_group_heartbeat_response(heard.body());
  const std::string id = response.member.value_or(asked->member);
  if (id.empty() || asked->epoch < 0) return;
  if (Member* expelled = book_.find(asked->group, id); expelled != nullptr && is_expelled(response.error))
    book_.keep(*expelled, heard.at, {});
  if (response.error != 0) return;
  Member& member = book_.member(heard.program, asked->group, id);
  member.instance = asked->instance ? asked->instance : member.instance;
  member.generation = response.epoch;
  book_.replace_instance_of(member, heard.at);
  if (asked->epoch == 0)
    book_.notebook().record(Joined{.program = heard.program,
                                   .at = heard.at,
                                   .group = member.group,
                                   .member = member.id,
                                   .instance = member.instance,
                                   .protocol = "consumer",
                                   .generation = member.generation,
                                   .topics = asked->topics.value_or(std::vector<std::string>{})});
  if (!response.assigned) return;
  auto given = book_.named(*response.assigned);
  if (asked->epoch == 0 || !has_all(member.owned, given)) book_.assign(member, heard.at, std::move(given));
}

}  // namespace klab
