#include "checks/catalogue/simulation/simulated_members.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace klab {
namespace {

constexpr Moment::rep kSession = 50;

std::vector<int> partitions_of(const std::map<int, std::int64_t>& positions) {
  std::vector<int> partitions;
  for (const auto& [partition, position] : positions) partitions.push_back(partition);
  return partitions;
}

}  // namespace

void SimulatedMembers::make(ResetPolicy reset) {
  reset_ = reset;
  for (std::size_t i = 0; i < 1 + telling_.below(2); ++i) {
    groups_.push_back({.name = fmt::format("g{}", i),
                       .is_cooperative = telling_.chance(50),
                       .is_committed_reader = telling_.chance(50)});
    for (std::size_t m = 0; m < 1 + telling_.below(3); ++m) join(static_cast<int>(i));
    rebalance(static_cast<int>(i));
  }
}

SimulatedMembers::Member& SimulatedMembers::live_member() {
  std::vector<Member*> live;
  for (Member& member : members_)
    if (member.is_live && member.group >= 0) live.push_back(&member);
  if (!live.empty()) return *live[telling_.below(live.size())];
  const int group = some_group();
  join(group);
  rebalance(group);
  return members_.back();
}

std::int64_t SimulatedMembers::some_offset(int partition) {
  const auto stored = static_cast<std::size_t>(log_.end(partition) - log_.first(partition));
  return log_.first(partition) + static_cast<std::int64_t>(telling_.below(stored + 1));
}

// What is told.

void SimulatedMembers::name(const Member& member, auto& event) {
  event.member = member.name;
  event.group = group_of(member);
  event.at = telling_.tick();
}

void SimulatedMembers::tell_assigned(const Member& member, const std::vector<int>& partitions,
                                     bool is_incremental) {
  Assigned& event = history().assigned.emplace_back();
  name(member, event);
  event.is_incremental = is_incremental;
  for (const int partition : partitions) event.partitions.push_back({"t", partition});
  telling_.place(member.name, history().assigned);
}

void SimulatedMembers::tell_revoked(const Member& member, const std::vector<int>& partitions,
                                    OwnershipEnd end) {
  if (partitions.empty()) return;
  Revoked& event = history().revoked.emplace_back();
  name(member, event);
  event.end = end;
  for (const int partition : partitions) event.partitions.push_back({"t", partition});
  telling_.place(member.name, history().revoked);
}

// Who has what.

void SimulatedMembers::join(int group_index) {
  members_.push_back({.name = fmt::format("c{}", members_.size()),
                      .group = group_index,
                      .is_committed_reader = group(group_index).is_committed_reader});
  Joined& event = history().joined.emplace_back();
  name(members_.back(), event);
  event.topics = {"t"};
  telling_.place(members_.back().name, history().joined);
}

/// Gives every partition of the topic to some live member, by the group's protocol.
void SimulatedMembers::rebalance(int index) {
  const bool is_cooperative = group(index).is_cooperative;
  std::vector<Member*> live;
  for (Member& member : members_)
    if (member.is_live && member.group == index) live.push_back(&member);
  if (live.empty()) return;
  std::map<Member*, std::vector<int>> share;
  for (int partition = 0; partition < log_.partitions(); ++partition)
    share[live[telling_.below(live.size())]].push_back(partition);
  for (Member* member : live) give_up(*member, share[member], is_cooperative);
  for (Member* member : live) take_over(*member, share[member], is_cooperative);
}

void SimulatedMembers::give_up(Member& member, const std::vector<int>& keeps, bool is_cooperative) {
  std::vector<int> given_up;
  for (const int partition : partitions_of(member.positions))
    if (!is_cooperative || std::ranges::find(keeps, partition) == keeps.end()) given_up.push_back(partition);
  if (telling_.chance(60))
    for (const int partition : given_up) commit_partition(member, partition);
  tell_revoked(member, given_up, OwnershipEnd::revoked);
  for (const int partition : given_up) member.positions.erase(partition);
}

void SimulatedMembers::take_over(Member& member, const std::vector<int>& partitions, bool is_cooperative) {
  std::vector<int> taken;
  for (const int partition : partitions)
    if (!member.positions.contains(partition)) taken.push_back(partition);
  const bool is_incremental = is_cooperative && telling_.chance(50);
  tell_assigned(member, is_incremental ? taken : partitions, is_incremental);
  for (const int partition : taken) member.positions[partition] = first_position(member, partition);
}

std::int64_t SimulatedMembers::first_position(const Member& member, int partition) {
  telling_.tick();
  const auto& committed = group(member.group).committed;
  if (const auto found = committed.find(partition); found != committed.end()) return found->second;
  return reset_ == ResetPolicy::latest ? log_.visible_end(partition, member.is_committed_reader)
                                       : log_.first(partition);
}

// What they do.

void SimulatedMembers::poll(Member& member, std::size_t most) {
  Poll event{.member = member.name, .at = {}};
  if (member.group >= 0 && telling_.chance(50)) event.group = group_of(member);
  event.isolation = member.is_committed_reader ? Isolation::read_committed : Isolation::read_uncommitted;
  event.begin = telling_.tick();
  const bool fails = telling_.chance(4);
  for (auto& [partition, position] : member.positions) {
    std::int64_t next = position;
    read(event, member, partition, next, most);
    if (!fails) position = next;
  }
  if (fails) event.outcome = CallOutcome::failed;
  event.at = telling_.tick();
  history().polls.push_back(std::move(event));
  telling_.place(member.name, history().polls);
}

void SimulatedMembers::read(Poll& event, const Member& member, int partition, std::int64_t& next,
                            std::size_t most) {
  const std::int64_t end = log_.visible_end(partition, member.is_committed_reader);
  for (std::size_t count = 0; next < end && count < most; ++next) {
    const SimulatedLog::Stored& stored = log_.at(partition, next);
    if (!log_.is_given(stored, member.is_committed_reader)) continue;
    PolledRecord record{.topic = "t", .partition = partition, .offset = next, .id = stored.id};
    if (!stored.key.empty()) record.key = stored.key;
    event.records.push_back(std::move(record));
    ++count;
  }
}

void SimulatedMembers::commit(Member& member) {
  for (const int partition : partitions_of(member.positions))
    if (telling_.chance(60)) commit_partition(member, partition);
}

void SimulatedMembers::commit_partition(const Member& member, int partition) {
  CommitAnswered& event = history().commits.emplace_back();
  event.asked = telling_.tick();
  const std::size_t what = telling_.below(100);
  event.outcome = what < 80 ? CallOutcome::ok : what < 92 ? CallOutcome::unknown : CallOutcome::failed;
  event.offset = member.positions.at(partition);
  if (event.outcome == CallOutcome::ok || (event.outcome == CallOutcome::unknown && telling_.chance(50)))
    group(member.group).committed[partition] = event.offset;
  event.topic = "t";
  event.partition = partition;
  name(member, event);
  telling_.place(member.name, history().commits);
}

void SimulatedMembers::refuse_commit(const Member& member, int partition) {
  CommitAnswered& event = history().commits.emplace_back();
  event.asked = telling_.tick();
  event.offset = member.positions.at(partition);
  event.error = "ILLEGAL_GENERATION";
  event.topic = "t";
  event.partition = partition;
  name(member, event);
  telling_.place(member.name, history().commits);
}

void SimulatedMembers::seek() {
  Member& member = live_member();
  if (member.positions.empty()) return;
  auto& [partition, position] = *member.positions.begin();
  position = some_offset(partition);
  Seek& event = history().seeks.emplace_back();
  event.member = member.name;
  event.at = telling_.tick();
  event.topic = "t";
  event.partition = partition;
  if (telling_.chance(80)) event.offset = position;
  telling_.place(member.name, history().seeks);
}

// How they come and go.

void SimulatedMembers::change_group() {
  const int group = some_group();
  Member& member = live_member();
  switch (telling_.below(5)) {
    case 0:
      join(group);
      return rebalance(group);
    case 1:
      return close(member);
    case 2:
      return vanish(member);
    case 3:
      return outlive_its_session(member);
    default:
      return rebalance(group);
  }
}

void SimulatedMembers::close(Member& member) {
  if (telling_.chance(50)) commit(member);
  Left& event = history().left.emplace_back();
  name(member, event);
  telling_.place(member.name, history().left);
  member.is_live = false;
  member.positions.clear();
  rebalance(member.group);
}

/// Without a word; somebody may have seen the crash.
void SimulatedMembers::vanish(Member& member) {
  if (telling_.chance(50)) {
    Left& event = history().left.emplace_back();
    name(member, event);
    event.end = OwnershipEnd::crashed;
    telling_.place(member.name, history().left);
  }
  member.is_live = false;
  member.positions.clear();
  telling_.let_pass(kSession);
  rebalance(member.group);
}

/// A zombie: others have its partitions, and it reads on until it is told. Then it joins again.
void SimulatedMembers::outlive_its_session(Member& member) {
  member.is_live = false;
  telling_.let_pass(kSession);
  rebalance(member.group);
  poll(member);
  if (!member.positions.empty()) refuse_commit(member, member.positions.begin()->first);
  tell_revoked(member, partitions_of(member.positions),
               telling_.chance(50) ? OwnershipEnd::lost : OwnershipEnd::fenced);
  member.positions.clear();
  member.is_live = true;
  rebalance(member.group);
}

void SimulatedMembers::read_alone() {
  Member reader{.name = fmt::format("s{}", members_.size()), .is_committed_reader = telling_.chance(50)};
  const int partition = some_partition();
  reader.positions[partition] = some_offset(partition);
  reader.is_live = false;
  if (telling_.chance(50)) tell_assigned(reader, {partition}, false);
  for (std::size_t polls = 1 + telling_.below(3); polls > 0; --polls) poll(reader);
  members_.push_back(reader);
}

void SimulatedMembers::drain() {
  constexpr std::size_t kAll = 1'000'000;
  Member reader{.name = "drainer", .is_committed_reader = telling_.chance(50)};
  for (int partition = 0; partition < log_.partitions(); ++partition)
    reader.positions[partition] = log_.first(partition);
  poll(reader, kAll);
  for (const auto& [partition, position] : reader.positions) {
    history().drained.push_back(
        {.topic = "t", .partition = partition, .first = log_.first(partition), .end = position});
    telling_.place(reader.name, history().drained);
  }
  // A failed last poll saw nothing for sure.
  if (history().polls.back().outcome == CallOutcome::failed) history().polls.back().outcome = CallOutcome::ok;
}

}  // namespace klab
