#include "checks/catalogue/groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

bool is_of_a_group(const Model& model, const OwnershipFact& ownership) {
  return !ownership.is_manual && !ownership.is_implied && model.members[ownership.member].group != kNoName;
}

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

/// When members showed that they were still there: by a poll or a commit that was ok, or as they gave
/// something up or left.
class SignsOfLife {
 public:
  explicit SignsOfLife(const Model& model) : of_(model.members.size()) {
    for (const PollFact& poll : model.polls)
      if (poll.outcome == CallOutcome::ok) of_[poll.member].push_back(poll.at);
    for (const CommitFact& commit : model.commits)
      if (commit.member != kNoName && commit.outcome == CallOutcome::ok)
        of_[commit.member].push_back(commit.asked);
    for (const GroupChange& change : model.changes)
      if (change.is_sign_of_life) of_[change.member].push_back(change.at);
    for (std::vector<Time>& of_member : of_) std::ranges::sort(of_member);
  }

  Time latest(Name member, Time until) const {
    const auto after = std::ranges::upper_bound(of_[member], until);
    return after == of_[member].begin() ? kUnknownTime : *std::prev(after);
  }

 private:
  std::vector<std::vector<Time>> of_;
};

/// How many own a partition, and what is subscribed to, as a group's changes go by.
class GroupWatch {
 public:
  GroupWatch(const Model& model, const Policy& policy, const SignsOfLife& signs, Name group,
             Findings& findings)
      : model_(model), policy_(policy), signs_(signs), group_(group), findings_(findings) {
    for (const OwnershipFact& ownership : model.ownerships) {
      if (model.members[ownership.member].group != group) continue;
      if (ownership.is_implied) untold_.push_back(&ownership);
      if (!is_of_a_group(model, ownership)) continue;
      turns_.push_back({ownership.from, ownership.partition, 1});
      if (ownership.to != kUnknownTime) turns_.push_back({ownership.to, ownership.partition, -1});
    }
    std::ranges::stable_sort(turns_, {}, &Turn::at);
  }

  void watch() {
    std::vector<const GroupChange*> changes;
    for (const GroupChange& change : model_.changes)
      if (change.group == group_) changes.push_back(&change);
    for (std::size_t i = 0; i < changes.size(); ++i) {
      apply(*changes[i]);
      const Time until = i + 1 < changes.size() ? changes[i + 1]->at : model_.last_time;
      if (until - changes[i]->at > policy_.stable_us) judge(*changes[i], until);
    }
  }

 private:
  struct Turn {
    Time at = 0;
    Name partition = kNoName;
    int by = 0;
  };

  void apply(const GroupChange& change) {
    if (change.is_leave) subscribed_.erase(change.member);
    if (change.is_join) subscribed_[change.member] = change.topics;
    for (; next_turn_ < turns_.size() && turns_[next_turn_].at <= change.at; ++next_turn_)
      owners_[turns_[next_turn_].partition] += turns_[next_turn_].by;
  }

  /// Whether somebody had partitions of which nobody tells.
  bool is_untold(Time from, Time until) const {
    return std::ranges::any_of(untold_, [&](const OwnershipFact* ownership) {
      return ownership->from <= until && (ownership->to == kUnknownTime || ownership->to > from);
    });
  }

  /// By topic: until when one of those that subscribe to it surely was there.
  std::map<Name, Time> subscribed_until(Time until) const {
    std::map<Name, Time> topics;
    for (const auto& [member, of_member] : subscribed_)
      for (const Name topic : of_member) {
        Time& latest = topics.try_emplace(topic, kUnknownTime).first->second;
        latest = std::max(latest, signs_.latest(member, until));
      }
    return topics;
  }

  void judge(const GroupChange& since, Time until) {
    if (is_untold(since.at, until)) return;
    for (const auto& [topic, alive_until] : subscribed_until(until)) {
      const auto count = model_.partition_count.find(topic);
      if (count == model_.partition_count.end()) continue;
      // Of a group that all have left without a word nobody owns anything.
      if (alive_until <= since.at + policy_.stable_us) continue;
      std::set<int> covered;
      for (const auto& [partition, owners] : owners_)
        if (owners > 0 && model_.partitions[partition].topic == topic)
          covered.insert(model_.partitions[partition].number);
      findings_.judged();
      tell_uncovered(topic, count->second, covered, since, alive_until);
    }
  }

  void tell_uncovered(Name topic, int count, const std::set<int>& covered, const GroupChange& since,
                      Time until) {
    if (static_cast<int>(covered.size()) >= count) return;
    int number = 0;
    while (covered.contains(number)) ++number;
    findings_.add(
        [&] {
          return Finding{
              .lines = {since.line},
              .note = fmt::format("{} of {} partitions of {} were nobody's in group {} from {} us to {} us, "
                                  "though nobody joined or left: {}-{} for one",
                                  count - static_cast<int>(covered.size()), count, model_.texts[topic],
                                  model_.texts[group_], since.at, until, model_.texts[topic], number)};
        },
        until - since.at);
  }

  const Model& model_;
  const Policy& policy_;
  const SignsOfLife& signs_;
  Name group_;
  Findings& findings_;
  std::vector<const OwnershipFact*> untold_ = {};
  std::vector<Turn> turns_ = {};
  std::size_t next_turn_ = 0;
  std::map<Name, int> owners_ = {};
  std::map<Name, std::vector<Name>> subscribed_ = {};
};

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

void uncovered_partition(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing(fmt::format(
      "no group with a living member, of which subscriptions, assignments and partition counts are "
      "known, was stable for {} us",
      policy.stable_us));
  std::set<Name> telling;
  for (const MemberFact& member : model.members)
    if (member.has_assignments) telling.insert(member.group);
  std::set<Name> groups;
  for (const GroupChange& change : model.changes)
    if (change.is_join && !change.topics.empty() && change.group != kNoName && telling.contains(change.group))
      groups.insert(change.group);
  if (groups.empty()) return;
  const SignsOfLife signs(model);
  for (const Name group : groups) GroupWatch(model, policy, signs, group, findings).watch();
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
