#include "checks/catalogue/copies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

/// A read of a partition whose group read it in several ownerships.
struct GroupRead {
  Name group = kNoName;
  Name partition = kNoName;
  std::int64_t offset = 0;
  Name read = kNoName;

  auto place() const { return std::tuple(group, partition, offset); }
};

/// Members of no group each read for themselves.
Name group_of(const Model& model, Name member) {
  const Name group = model.members[member].group;
  return group == kNoName ? static_cast<Name>(model.texts.size()) + member : group;
}

/// Ownerships of which another of the same group and partition has read in the same range.
std::vector<bool> overlapping(const Model& model) {
  struct Range {
    Name group, partition;
    std::int64_t first, last;
    Name ownership;
  };
  std::vector<Range> ranges;
  std::vector<Name> place_of(model.ownerships.size(), kNoName);
  for (const ReadFact& read : model.reads) {
    if (read.ownership == kNoName || model.polls[read.poll].outcome == CallOutcome::failed) continue;
    Name& place = place_of[read.ownership];
    if (place == kNoName) {
      place = static_cast<Name>(ranges.size());
      const Name member = model.ownerships[read.ownership].member;
      ranges.push_back({group_of(model, member), read.partition, read.offset, read.offset, read.ownership});
    }
    ranges[place].first = std::min(ranges[place].first, read.offset);
    ranges[place].last = std::max(ranges[place].last, read.offset);
  }
  std::ranges::sort(ranges, {},
                    [](const Range& range) { return std::tuple(range.group, range.partition, range.first); });
  std::vector<bool> overlaps(model.ownerships.size());
  std::size_t farthest = 0;
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    const bool is_same =
        ranges[i].group == ranges[farthest].group && ranges[i].partition == ranges[farthest].partition;
    if (is_same && ranges[i].first <= ranges[farthest].last)
      overlaps[ranges[i].ownership] = overlaps[ranges[farthest].ownership] = true;
    if (!is_same || ranges[i].last > ranges[farthest].last) farthest = i;
  }
  return overlaps;
}

/// Calls visit(earlier, later) for each offset that a group read in two ownerships or more: its first read,
/// and the first in another ownership.
void for_each_redelivery(const Model& model, auto visit) {
  const std::vector<bool> overlaps = overlapping(model);
  if (std::ranges::find(overlaps, true) == overlaps.end()) return;
  std::vector<GroupRead> reads;
  for (Name i = 0; i < model.reads.size(); ++i) {
    const ReadFact& read = model.reads[i];
    if (read.ownership == kNoName || !overlaps[read.ownership]) continue;
    if (model.polls[read.poll].outcome == CallOutcome::failed) continue;
    reads.push_back(
        {group_of(model, model.ownerships[read.ownership].member), read.partition, read.offset, i});
  }
  std::ranges::stable_sort(reads, {}, &GroupRead::place);
  for (std::size_t i = 0; i < reads.size();) {
    const GroupRead& first = reads[i];
    const GroupRead* other = nullptr;
    for (; i < reads.size() && reads[i].place() == first.place(); ++i)
      if (other == nullptr && model.reads[reads[i].read].ownership != model.reads[first.read].ownership)
        other = &reads[i];
    if (other != nullptr) visit(model.reads[first.read], model.reads[other->read]);
  }
}

std::vector<bool> ownerships_with_seeks(const Model& model) {
  std::vector<bool> sought;
  for (const OwnershipFact& ownership : model.ownerships) sought.push_back(ownership.moved_to != kNoOffset);
  for (const auto& [read, seek] : model.sought)
    if (model.reads[read].ownership != kNoName) sought[model.reads[read].ownership] = true;
  return sought;
}

bool was_handed_over_cleanly(const OwnershipFact& one, const OwnershipFact& other, const Policy& policy) {
  const OwnershipFact& first = one.from <= other.from ? one : other;
  const OwnershipFact& second = one.from <= other.from ? other : one;
  // Else by another clock the second may have come first.
  const Time error = one.member == other.member ? 0 : policy.clock_error_us;
  return first.to != kUnknownTime && first.to <= second.from - error &&
         (first.end == OwnershipEnd::revoked || first.end == OwnershipEnd::closed);
}

bool is_sent_in_a_transaction(const Model& model, Name id) {
  const Name send = model.of_id[id].first_send;
  return send != kNoName && model.sends[send].transaction != kNoName;
}

/// Commits by an administrator's tool.
std::vector<const CommitFact*> resets(const Model& model) {
  std::vector<const CommitFact*> resets;
  for (const CommitFact& commit : model.commits)
    if (commit.member == kNoName && commit.outcome != CallOutcome::failed) resets.push_back(&commit);
  return resets;
}

bool was_reset_between(const Model& model, const Policy& policy, const std::vector<const CommitFact*>& resets,
                       const ReadFact& one, const ReadFact& other) {
  const Time at = model.polls[one.poll].at, other_at = model.polls[other.poll].at;
  const Time first = std::min(at, other_at), last = std::max(at, other_at);
  const Name group = model.members[model.ownerships[one.ownership].member].group;
  return std::ranges::any_of(resets, [&](const CommitFact* commit) {
    return commit->group == group && commit->partition == one.partition && commit->next <= one.offset &&
           commit->at >= first - policy.clock_error_us && commit->asked <= last + policy.clock_error_us;
  });
}

bool costs_again(const Model& model, const Policy& policy, const ReadFact& one, const ReadFact& other) {
  const OwnershipFact &first = model.ownerships[one.ownership], &second = model.ownerships[other.ownership];
  if (model.members[first.member].group == kNoName) return false;
  const auto is_unknown = [&](const ReadFact& read) {
    return model.polls[read.poll].outcome == CallOutcome::unknown;
  };
  if (is_unknown(one) || is_unknown(other)) return false;
  return policy.at_most_once || (policy.clean_handover && was_handed_over_cleanly(first, second, policy));
}

/// Whether an id is at more places than sends of it can have come to.
bool is_in_excess(const Model& model, Name id, std::uint32_t places, auto may_be_there) {
  if (places <= 1) return false;
  return places > std::ranges::count_if(sends_of(model, id),
                                        [&](Name send) { return may_be_there(model.sends[send]); });
}

/// The wire may not have heard all who sent it.
Cost cost_of_duplicate(const Model& model, Name id) {
  if (model.is_of_the_wire) return Cost::info;
  return is_sent_in_a_transaction(model, id) ? Cost::fail : Cost::usual;
}

}  // namespace

void duplicate_record(const Model& model, const Policy&, Findings& findings) {
  findings.missing("nobody says where the log holds any record");
  std::vector<std::uint32_t> places(model.ids.size()), committed(model.ids.size());
  for (const PartitionLog& log : model.logs)
    for (const LogEntry& entry : log)
      if (entry.id != kNoName) {
        ++places[entry.id];
        committed[entry.id] += entry.is_committed;
      }
  const auto may_be_stored = [](const SendFact& send) { return send.outcome != SendOutcome::failed; };
  const auto may_be_committed = [&](const SendFact& send) {
    return effective_outcome(model, send) != CallOutcome::failed;
  };
  for (Name id = 0; id < places.size(); ++id) {
    if (places[id] == 0) continue;
    findings.judged();
    if (!is_in_excess(model, id, places[id], may_be_stored) &&
        !is_in_excess(model, id, committed[id], may_be_committed))
      continue;
    findings.add(
        [&] {
          return Finding{
              .lines = lines_of_id(model, id),
              .note = fmt::format("{} is at {} places of the log", model.name_of_id(id), places[id]),
              .life = life_of(model, id)};
        },
        places[id], cost_of_duplicate(model, id));
  }
}

void offset_conflict(const Model& model, const Policy&, Findings& findings) {
  findings.missing("nobody says where the log holds any record");
  for (Name partition = 0; partition < model.logs.size(); ++partition) {
    const PartitionLog& log = model.logs[partition];
    for (std::size_t i = 0; i < log.size(); ++i) {
      if (i == 0 || log[i - 1].offset != log[i].offset) {
        findings.judged();
        continue;
      }
      findings.add([&] {
        Finding finding{.note = fmt::format("{} holds both {} and {} at offset {}", model.place(partition),
                                            model.name_of_id(log[i - 1].id), model.name_of_id(log[i].id),
                                            log[i].offset)};
        for (const Name id : {log[i - 1].id, log[i].id})
          if (id != kNoName) std::ranges::copy(lines_of_id(model, id), std::back_inserter(finding.lines));
        return finding;
      });
    }
  }
}

void redelivery(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no group read anything");
  for (const ReadFact& read : model.reads)
    if (read.ownership != kNoName && model.members[model.ownerships[read.ownership].member].group != kNoName)
      findings.judged();
  const std::vector<bool> has_seeks = ownerships_with_seeks(model);
  const std::vector<const CommitFact*> by_tools = resets(model);
  for_each_redelivery(model, [&](const ReadFact& one, const ReadFact& other) {
    const bool is_sought = has_seeks[one.ownership] || has_seeks[other.ownership];
    const bool costs = !is_sought && costs_again(model, policy, one, other) &&
                       !was_reset_between(model, policy, by_tools, one, other);
    findings.add(
        [&] {
          const PollFact &first = model.polls[one.poll], &second = model.polls[other.poll];
          return Finding{
              .lines = {first.line, second.line},
              .note = fmt::format("{} of {}, at offset {}, was read by {} and again by {}",
                                  model.name_of_id(one.id), model.place(one.partition), one.offset,
                                  member_name(model, first.member), member_name(model, second.member))};
        },
        0, costs ? Cost::usual : Cost::info);
  });
}

std::size_t count_redeliveries(const Model& model) {
  std::size_t count = 0;
  for_each_redelivery(model, [&](const ReadFact&, const ReadFact&) { ++count; });
  return count;
}

}  // namespace klab
