#include "checks/catalogue/passed.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "checks/catalogue/resumption.hpp"

namespace klab {
namespace {

Time earlier(Time one, Time other) {
  if (one == kUnknownTime) return other;
  return other == kUnknownTime ? one : std::min(one, other);
}

class PassedOffsets {
 public:
  PassedOffsets(const Model& model, const Policy& policy) : model_(model), policy_(policy) {
    passed_.resize(model.partitions.size());
    last_ok_.resize(model.ownerships.size(), kNoOffset);
  }

  std::vector<std::vector<Passed>> find() {
    follow_reads();
    follow_groups();
    follow_groups_without_assignments();
    for (std::vector<Passed>& of_partition : passed_) join_overlapping(of_partition);
    note_times();
    return std::move(passed_);
  }

 private:
  void follow_reads() {
    std::vector<Passed> current(model_.ownerships.size(), {.first = kNoOffset});
    for (const ReadFact& read : model_.reads) {
      if (read.ownership == kNoName) continue;
      Passed& passed = current[read.ownership];
      if (read.before != Before::nothing && passed.first != kNoOffset) {
        passed_[read.partition].push_back(passed);
        passed.first = kNoOffset;
      }
      if (model_.polls[read.poll].outcome == CallOutcome::failed) continue;
      if (passed.first == kNoOffset) passed = {.first = read.offset, .last = read.offset};
      passed.first = std::min(passed.first, read.offset);
      passed.last = std::max(passed.last, read.offset);
      last_ok_[read.ownership] = read.offset;
    }
    for (std::size_t i = 0; i < current.size(); ++i)
      if (current[i].first != kNoOffset) passed_[model_.ownerships[i].partition].push_back(current[i]);
  }

  /// What lies between the end of one ownership and the beginning of the next is the group's to read.
  void follow_groups() {
    std::vector<const OwnershipFact*> by_group;
    for (const OwnershipFact& ownership : model_.ownerships)
      if (!ownership.is_manual && !ownership.is_implied) by_group.push_back(&ownership);
    const auto place = [&](const OwnershipFact* ownership) {
      return std::tuple(model_.members[ownership->member].group, ownership->partition, ownership->from);
    };
    std::ranges::stable_sort(by_group, {}, place);
    Resumptions resumptions(model_, policy_);
    std::int64_t position = kNoOffset;
    for (std::size_t i = 0; i < by_group.size(); ++i) {
      const OwnershipFact& ownership = *by_group[i];
      if (i == 0 || !share(*by_group[i - 1], ownership)) position = kNoOffset;
      position = std::max(position, ownership.first_read == kNoName ? ownership.moved_to : kNoOffset);
      if (ownership.first_read == kNoName) continue;
      const std::int64_t first = model_.reads[ownership.first_read].offset;
      if (position != kNoOffset && first - 1 > position && is_before(*by_group[i - 1], ownership) &&
          (i + 1 == by_group.size() || is_before(ownership, *by_group[i + 1])) &&
          is_bound_to_the_last(resumptions.start_of(ownership)))
        passed_[ownership.partition].push_back({.first = position + 1, .last = first - 1});
      // It was where its first read was, also where the poll of that failed.
      const std::int64_t come_to = last_ok_[static_cast<std::size_t>(&ownership - model_.ownerships.data())];
      position = std::max({position, first - 1, come_to, ownership.moved_to});
    }
  }

  /// One group's hold of one partition.
  bool share(const OwnershipFact& one, const OwnershipFact& other) const {
    return one.partition == other.partition &&
           model_.members[one.member].group == model_.members[other.member].group;
  }

  /// Surely: by two clocks what seems to come first may have come second. Those of another group or partition
  /// are in nobody's way.
  bool is_before(const OwnershipFact& one, const OwnershipFact& other) const {
    if (policy_.clock_error_us == 0 || one.member == other.member || !share(one, other)) return true;
    return one.from + policy_.clock_error_us < other.from;
  }

  using OfGroup = std::pair<Name, Name>;  ///< a group and a partition

  /// Who of the group had what, nobody tells: between its first read and its last all is the group's, where
  /// it can only have begun anew at a commit or at the beginning, and nobody sought.
  void follow_groups_without_assignments() {
    std::map<OfGroup, Passed> passed;
    std::set<OfGroup> unbound;
    const std::map<Name, Time> doubtful = doubtful_since();
    const std::map<OfGroup, const CommitFact*> committed = first_commits();
    for (const OwnershipFact& ownership : model_.ownerships)
      if (ownership.moved_to != kNoOffset)
        unbound.emplace(model_.members[ownership.member].group, ownership.partition);
    for (const ReadFact& read : model_.reads) {
      const PollFact& poll = model_.polls[read.poll];
      const MemberFact& member = model_.members[poll.member];
      if (!member.may_be_rebalanced) continue;
      const OfGroup key(member.group, read.partition);
      if (read.before == Before::seek) unbound.insert(key);
      if (poll.outcome == CallOutcome::failed) continue;
      if (const auto since = doubtful.find(member.group); since != doubtful.end() && poll.at >= since->second)
        continue;
      Passed range{.first = read.offset, .last = read.offset};
      if (policy_.reset != ResetPolicy::earliest) {
        // Before it a member may have begun at the latest.
        const auto commit = committed.find(key);
        if (commit == committed.end() || poll.at < commit->second->at) continue;
        range.first = std::min(range.first, commit->second->next);
      }
      Passed& all = passed.try_emplace(key, range).first->second;
      all.first = std::min(all.first, range.first);
      all.last = std::max(all.last, range.last);
    }
    for (const auto& [key, range] : passed)
      if (!unbound.contains(key)) passed_[key.second].push_back(range);
  }

  std::map<OfGroup, const CommitFact*> first_commits() const {
    std::map<OfGroup, const CommitFact*> first;
    for (const CommitFact& commit : model_.commits) {
      if (commit.outcome != CallOutcome::ok) continue;
      const CommitFact*& earliest = first[{commit.group, commit.partition}];
      if (earliest == nullptr || commit.at < earliest->at) earliest = &commit;
    }
    return first;
  }

  /// By group: when the first of its polls began of which nobody knows what it returned.
  std::map<Name, Time> doubtful_since() const {
    std::map<Name, Time> since;
    for (const PollFact& poll : model_.polls) {
      if (poll.outcome != CallOutcome::unknown) continue;
      const Time begin = poll.begin == kUnknownTime ? kUnknownTime : poll.begin - policy_.clock_error_us;
      const auto [first, is_new] = since.try_emplace(model_.members[poll.member].group, begin);
      first->second = std::min(first->second, begin);
    }
    return since;
  }

  static bool is_bound_to_the_last(Start start) {
    return start == Start::continued || start == Start::committed || start == Start::earliest ||
           start == Start::unexplained;
  }

  static void join_overlapping(std::vector<Passed>& of_partition) {
    std::ranges::sort(of_partition, {}, &Passed::first);
    std::vector<Passed> joined;
    for (const Passed& passed : of_partition) {
      if (joined.empty() || passed.first > joined.back().last)
        joined.push_back(passed);
      else
        joined.back().last = std::max(joined.back().last, passed.last);
    }
    of_partition = std::move(joined);
  }

  /// For sends of which nobody says where they are stored: what was acknowledged before another began comes
  /// before it.
  void note_times() {
    for (const ReadFact& read : model_.reads) {
      if (read.id == kNoName || model_.of_id[read.id].first_send == kNoName ||
          model_.of_id[read.id].sends > 1)
        continue;
      std::vector<Passed>& of_partition = passed_[read.partition];
      const auto after = std::ranges::upper_bound(of_partition, read.offset, {}, &Passed::first);
      if (after == of_partition.begin() || !std::prev(after)->contains(read.offset)) continue;
      const SendFact& send = model_.sends[model_.of_id[read.id].first_send];
      Passed& passed = *std::prev(after);
      // What was sent after it may have been deleted with it.
      if (read.offset < model_.partitions[read.partition].drained_first) continue;
      const bool is_acknowledged_one =
          send.offset == kNoOffset ? is_place_sure(send, policy_) : send.offset == read.offset;
      if (is_acknowledged_one) passed.earliest_end = earlier(passed.earliest_end, stored_by(model_, send));
      passed.latest_begin = std::max(passed.latest_begin, send.begin);
    }
  }

  const Model& model_;
  const Policy& policy_;
  std::vector<std::vector<Passed>> passed_ = {};
  std::vector<std::int64_t> last_ok_ = {};  ///< that an ownership's polls handed on
};

}  // namespace

std::vector<std::vector<Passed>> passed_offsets(const Model& model, const Policy& policy) {
  return PassedOffsets(model, policy).find();
}

}  // namespace klab
