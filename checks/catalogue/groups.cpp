#include "checks/catalogue/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

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

/// Who owned each partition of a group, by time.
class Owners {
 public:
  explicit Owners(const Model& model) : model_(model) {
    for (const Name index : group_ownerships(model)) {
      const OwnershipFact& ownership = model.ownerships[index];
      of_[{model.members[ownership.member].group, ownership.partition}].push_back(&ownership);
    }
  }

  /// The ownership by which another member surely had the partition when it was committed; null where there
  /// is none among the latest few.
  const OwnershipFact* another_at(const CommitFact& commit, Time clock_error) const {
    const auto found = of_.find({commit.group, commit.partition});
    if (found == of_.end() || commit.asked == kUnknownTime) return nullptr;
    const auto after =
        std::ranges::lower_bound(found->second, commit.asked - clock_error, {}, &OwnershipFact::from);
    int looked_at = 0;
    for (auto it = after; it != found->second.begin() && looked_at++ < kMostLookedAt;) {
      --it;
      if ((*it)->member == commit.member) return nullptr;
      if ((*it)->to == kUnknownTime || (*it)->to > commit.asked + clock_error) return *it;
    }
    return nullptr;
  }

 private:
  static constexpr int kMostLookedAt = 64;
  const Model& model_;
  std::map<std::pair<Name, Name>, std::vector<const OwnershipFact*>> of_ = {};
};

/// Members that have assigned partitions to themselves and were given none: they may commit for any.
std::set<Name> manual_members(const Model& model) {
  std::set<Name> manual, given;
  for (const OwnershipFact& ownership : model.ownerships)
    (ownership.is_manual ? manual : given).insert(ownership.member);
  for (const Name member : given) manual.erase(member);
  return manual;
}

}  // namespace

void shared_partition(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no assignment of a group is known");
  if (model.is_of_the_wire) return judge_generations(model, findings);
  judge_overlaps(model, policy, findings);
}

void commit_ahead(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no member committed in an ownership in which it had read");
  for (const CommitFact& commit : model.commits) {
    if (commit.outcome != CallOutcome::ok || commit.ownership == kNoName || commit.last_read == kNoName)
      continue;
    findings.judged();
    const ReadFact& read = model.reads[commit.last_read];
    const std::int64_t kept = std::max(read.offset + 1, model.partitions[commit.partition].drained_first);
    const LogEntry* ahead =
        first_due(model.logs[commit.partition], kept, commit.next, model.polls[read.poll].is_read_committed);
    if (ahead == nullptr) continue;
    findings.add(
        [&] {
          return Finding{
              .lines = {model.polls[read.poll].line, commit.line},
              .note = fmt::format("{} had read {} up to offset {} and committed {}, past {} at offset {}",
                                  member_name(model, commit.member), model.place(commit.partition),
                                  read.offset, commit.next, model.name_of_id(ahead->id), ahead->offset)};
        },
        commit.next - read.offset);
  }
}

void commit_unowned(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no member that tells of its assignments committed anything");
  if (model.is_of_the_wire)
    return findings.missing("on the wire a client's assignments are not those of its program");
  const Owners owners(model);
  const std::set<Name> manual = manual_members(model);
  for (const CommitFact& commit : model.commits) {
    if (commit.outcome != CallOutcome::ok || commit.member == kNoName) continue;
    if (!model.members[commit.member].has_assignments || manual.contains(commit.member)) continue;
    findings.judged();
    if (commit.ownership != kNoName) continue;
    const OwnershipFact* other = owners.another_at(commit, policy.clock_error_us);
    if (commit.follows_own_revoke && other == nullptr) continue;
    findings.add([&] {
      Finding finding{
          .lines = {commit.line},
          .note = fmt::format("{} committed {} for {}, which was not its own{}",
                              member_name(model, commit.member), commit.next, model.place(commit.partition),
                              other == nullptr ? "" : " but " + member_name(model, other->member) + "'s")};
      if (other != nullptr) finding.lines.push_back(other->from_line);
      return finding;
    });
  }
}

}  // namespace klab
