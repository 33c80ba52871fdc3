#include <algorithm>

#include "runners/witness/membership.hpp"

namespace klab {
namespace {

std::vector<PartitionName> listed(const std::set<PartitionName>& partitions) {
  return {partitions.begin(), partitions.end()};
}

}  // namespace

Member& MemberBook::member(const std::string& program, const std::string& group, const std::string& id) {
  return members_.try_emplace({group, id}, Member{.program = program, .group = group, .id = id})
      .first->second;
}

Member* MemberBook::find(const std::string& group, const std::string& id) {
  const auto found = members_.find({group, id});
  return found == members_.end() ? nullptr : &found->second;
}

Member* MemberBook::find_instance(const std::string& group, const std::string& instance) {
  for (auto& [name, member] : members_)
    if (member.group == group && member.instance == instance) return &member;
  return nullptr;
}

void MemberBook::replace_instance_of(const Member& member, Moment at) {
  if (!member.instance) return;
  const auto is_replaced = [&](const auto& entry) {
    const Member& other = entry.second;
    return other.group == member.group && other.instance == member.instance && other.id != member.id;
  };
  for (auto& entry : members_)
    if (is_replaced(entry)) keep(entry.second, at, {});
  std::erase_if(members_, is_replaced);
}

std::set<PartitionName> MemberBook::named(const std::vector<TopicPartition>& partitions) const {
  std::set<PartitionName> names;
  for (const TopicPartition& partition : partitions)
    names.insert({notebook_.topics.name_of(partition.topic), partition.partition});
  return names;
}

void MemberBook::assign(Member& member, Moment at, std::set<PartitionName> partitions) {
  member.owned.merge(partitions);
  notebook_.record(Assigned{.program = member.program,
                            .at = at,
                            .group = member.group,
                            .member = member.id,
                            .generation = member.generation,
                            .partitions = listed(member.owned)});
}

void MemberBook::keep(Member& member, Moment at, const std::set<PartitionName>& kept) {
  std::set<PartitionName> lost;
  std::ranges::set_difference(member.owned, kept, std::inserter(lost, lost.end()));
  if (lost.empty()) return;
  for (const PartitionName& partition : lost) member.owned.erase(partition);
  notebook_.record(Revoked{.program = member.program,
                           .at = at,
                           .group = member.group,
                           .member = member.id,
                           .partitions = listed(lost)});
}

void MemberBook::leave(Member& member, Moment at) {
  keep(member, at, {});
  notebook_.record(Left{.program = member.program, .at = at, .group = member.group, .member = member.id});
  members_.erase({member.group, member.id});
}

void MemberBook::forget(const std::string& program) {
  std::erase_if(members_, [&](const auto& entry) { return entry.second.program == program; });
}

}  // namespace klab
