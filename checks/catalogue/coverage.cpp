#include "checks/catalogue/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace klab {
namespace {

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

/// By topic: when something first showed that it is there. A group does not have what is not made yet.
std::vector<Time> first_shown(const Model& model) {
  std::vector<Time> shown(model.texts.size(), kUnknownTime);
  const auto note = [&](Name topic, Time at) {
    if (at != kUnknownTime && (shown[topic] == kUnknownTime || at < shown[topic])) shown[topic] = at;
  };
  for (const OwnershipFact& ownership : model.ownerships)
    note(model.partitions[ownership.partition].topic, ownership.from);
  for (const SendFact& send : model.sends)
    if (send.outcome == SendOutcome::acked) note(send.topic, send.end);
  return shown;
}

/// How many own a partition, and what is subscribed to, as a group's changes go by.
class GroupWatch {
 public:
  GroupWatch(const Model& model, const Policy& policy, const SignsOfLife& signs,
             const std::vector<Time>& shown, Name group, Findings& findings)
      : model_(model), policy_(policy), signs_(signs), shown_(shown), group_(group), findings_(findings) {
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
      if (shown_[topic] == kUnknownTime) continue;
      // Of a group that all have left without a word nobody owns anything.
      if (alive_until <= std::max(since.at, shown_[topic]) + policy_.stable_us) continue;
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
  const std::vector<Time>& shown_;
  Name group_;
  Findings& findings_;
  std::vector<const OwnershipFact*> untold_ = {};
  std::vector<Turn> turns_ = {};
  std::size_t next_turn_ = 0;
  std::map<Name, int> owners_ = {};
  std::map<Name, std::vector<Name>> subscribed_ = {};
};

}  // namespace

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
  const std::vector<Time> shown = first_shown(model);
  for (const Name group : groups) GroupWatch(model, policy, signs, shown, group, findings).watch();
}

}  // namespace klab
