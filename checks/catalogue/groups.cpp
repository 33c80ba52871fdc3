#include "checks/catalogue/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "checks/catalogue/life.hpp"

namespace klab {

std::vector<Name> group_ownerships(const Model& model) {
  std::vector<Name> ownerships;
  for (Name i = 0; i < model.ownerships.size(); ++i)
    if (is_of_a_group(model, model.ownerships[i])) ownerships.push_back(i);
  const auto place = [&](Name i) {
    const OwnershipFact& ownership = model.ownerships[i];
    return std::tuple(model.members[ownership.member].group, ownership.partition, ownership.from);
  };
  std::ranges::stable_sort(ownerships, {}, place);
  return ownerships;
}

namespace {

/// By ownership: the latest commit in it that the group took.
std::vector<Time> latest_commits(const Model& model) {
  std::vector<Time> latest(model.ownerships.size(), kUnknownTime);
  for (const CommitFact& commit : model.commits)
    if (commit.ownership != kNoName && commit.outcome == CallOutcome::ok)
      latest[commit.ownership] = std::max(latest[commit.ownership], commit.asked);
  return latest;
}

bool was_refused(const Model& model, const OwnershipFact& ownership) {
  const Time refused = model.members[ownership.member].fenced_from;
  return refused >= ownership.from && (ownership.to == kUnknownTime || refused <= ownership.to);
}

/// Until when the group surely held the partition for the member. A read proves nothing: who has been put out
/// of the group reads on until it hears of that.
Time held_until(const Model& model, const OwnershipFact& ownership, Time latest_commit) {
  const Time committed = std::max(ownership.from, latest_commit);
  if (ownership.to == kUnknownTime) return committed;
  const bool knew = (ownership.end == OwnershipEnd::revoked || ownership.end == OwnershipEnd::closed) &&
                    !was_refused(model, ownership);
  return knew ? ownership.to : std::min(ownership.to, committed);
}

/// The same of one that was given the partition while another held it: then it reads as a member.
Time read_until(const Model& model, const OwnershipFact& ownership, Time held) {
  if (ownership.to != kUnknownTime || was_refused(model, ownership) || ownership.last_read == kNoName)
    return held;
  return std::max(held, model.polls[model.reads[ownership.last_read].poll].at);
}

struct Held {
  Name ownership = kNoName;
  Name member = kNoName;
  Time until = kUnknownTime;
};

/// Those two of different members that are held longest so far.
struct LongestHeld {
  Held first = {};
  Held second = {};

  void add(const Held& held) {
    if (held.member == first.member) {
      if (held.until > first.until) first = held;
    } else if (held.until > first.until) {
      second = first;
      first = held;
    } else if (held.until > second.until) {
      second = held;
    }
  }

  const Held& of_another_than(Name member) const { return first.member == member ? second : first; }
};

Finding shared(const Model& model, const OwnershipFact& one, const OwnershipFact& other,
               const std::string& how) {
  return {.lines = {one.from_line, other.from_line},
          .note = fmt::format("{} was both {}'s and {}'s {}", model.place(one.partition),
                              member_name(model, one.member), member_name(model, other.member), how)};
}

void judge_overlaps(const Model& model, const Policy& policy, Findings& findings) {
  const std::vector<Time> commits = latest_commits(model);
  LongestHeld longest;
  const OwnershipFact* before = nullptr;
  for (const Name index : group_ownerships(model)) {
    const OwnershipFact& ownership = model.ownerships[index];
    const bool is_same = before != nullptr && before->partition == ownership.partition &&
                         model.members[before->member].group == model.members[ownership.member].group;
    if (!is_same) longest = {};
    before = &ownership;
    findings.judged();
    const Held held{index, ownership.member, held_until(model, ownership, commits[index])};
    const Held& other = longest.of_another_than(ownership.member);
    const Time until = std::min(other.until, read_until(model, ownership, held.until));
    if (other.member != kNoName && until > ownership.from + policy.clock_error_us)
      findings.add(
          [&] {
            return shared(model, model.ownerships[other.ownership], ownership,
                          fmt::format("from {} us to {} us", ownership.from, until));
          },
          until - ownership.from);
    longest.add(held);
  }
}

void judge_generations(const Model& model, Findings& findings) {
  std::map<std::tuple<Name, Name, int>, Name> owner;
  for (const Name index : group_ownerships(model)) {
    const OwnershipFact& ownership = model.ownerships[index];
    findings.judged();
    const auto [first, is_new] = owner.try_emplace(
        {model.members[ownership.member].group, ownership.partition, ownership.generation}, index);
    const OwnershipFact& other = model.ownerships[first->second];
    if (is_new || other.member == ownership.member) continue;
    // A static member is replaced within the generation.
    if (other.to != kUnknownTime && other.to <= ownership.from) continue;
    findings.add([&] {
      return shared(model, other, ownership, fmt::format("in generation {}", ownership.generation));
    });
  }
}

}  // namespace

void shared_partition(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no assignment of a group is known");
  if (model.is_of_the_wire) return judge_generations(model, findings);
  judge_overlaps(model, policy, findings);
}

}  // namespace klab
