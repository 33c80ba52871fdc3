#include "checks/catalogue/commits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "checks/catalogue/groups.hpp"
#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

/// The farthest that was committed for a partition until some time, and the farthest in another ownership.
struct Farthest {
  Time asked = kUnknownTime;
  std::int64_t next = kNoOffset;
  Name ownership = kNoName;
  std::int64_t of_another = kNoOffset;

  Farthest with(const CommitFact& commit) const {
    Farthest with = *this;
    with.asked = commit.asked;
    if (next == kNoOffset || commit.ownership == ownership) {
      with.next = std::max(next, commit.next);
      with.ownership = commit.ownership;
    } else if (commit.next > next) {
      with.of_another = next;
      with.next = commit.next;
      with.ownership = commit.ownership;
    } else {
      with.of_another = std::max(of_another, commit.next);
    }
    return with;
  }
};

/// Where a member can have been at most that has read nothing in its ownership.
class Beginnings {
 public:
  Beginnings(const Model& model, const Policy& policy) : model_(model), clock_error_(policy.clock_error_us) {
    std::map<OfGroup, std::vector<const CommitFact*>> commits;
    for (const CommitFact& commit : model.commits)
      if (commit.outcome != CallOutcome::failed) commits[{commit.group, commit.partition}].push_back(&commit);
    for (auto& [of_group, all] : commits) {
      std::ranges::stable_sort(all, {}, [](const CommitFact* commit) { return commit->asked; });
      std::vector<Farthest>& farthest = farthest_[of_group];
      for (const CommitFact* commit : all)
        farthest.push_back((farthest.empty() ? Farthest() : farthest.back()).with(*commit));
    }
    for (const ReadFact& read : model.reads)
      if (model.polls[read.poll].outcome != CallOutcome::failed)
        given_.emplace_back(model.polls[read.poll].member, read.partition, read.offset);
    std::ranges::sort(given_);
  }

  /// The position before the commit, at most.
  std::int64_t position(const CommitFact& commit) const {
    const OwnershipFact& ownership = model_.ownerships[commit.ownership];
    if (commit.sought != kNoOffset) return commit.sought;
    return std::max({std::int64_t{0}, ownership.resumed_behind + 1, committed_before(commit)});
  }

  bool was_given(const CommitFact& commit, std::int64_t offset) const {
    return std::ranges::binary_search(given_, std::tuple(commit.member, commit.partition, offset));
  }

 private:
  using OfGroup = std::pair<Name, Name>;  ///< a group and a partition

  std::int64_t committed_before(const CommitFact& commit) const {
    const std::vector<Farthest>& all = farthest_.at({commit.group, commit.partition});
    const auto after = std::ranges::upper_bound(all, commit.at + clock_error_, {}, &Farthest::asked);
    if (after == all.begin()) return kNoOffset;
    const Farthest& until_then = *std::prev(after);
    return until_then.ownership == commit.ownership ? until_then.of_another : until_then.next;
  }

  const Model& model_;
  const Time clock_error_;
  std::map<OfGroup, std::vector<Farthest>> farthest_ = {};        ///< by time
  std::vector<std::tuple<Name, Name, std::int64_t>> given_ = {};  ///< to a member, of a partition: offsets
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

/// What a member committed though it was not given it.
struct Ahead {
  const LogEntry* entry = nullptr;
  std::int64_t position = 0;
};

Ahead ahead_of_last_read(const Model& model, const CommitFact& commit) {
  const ReadFact& read = model.reads[commit.last_read];
  const std::int64_t kept = std::max(read.offset + 1, model.partitions[commit.partition].drained_first);
  return {
      first_due(model.logs[commit.partition], kept, commit.next, model.polls[read.poll].is_read_committed),
      read.offset + 1};
}

Ahead ahead_of_beginning(const Model& model, const Beginnings& beginnings, const CommitFact& commit) {
  Ahead ahead{.position = beginnings.position(commit)};
  const PartitionLog& log = model.logs[commit.partition];
  std::int64_t from = std::max(ahead.position, model.partitions[commit.partition].drained_first);
  // What was committed surely is due to whoever reads.
  while ((ahead.entry = first_due(log, from, commit.next, true)) != nullptr &&
         beginnings.was_given(commit, ahead.entry->offset))
    from = ahead.entry->offset + 1;
  return ahead;
}

Finding told_ahead(const Model& model, const CommitFact& commit, const Ahead& ahead) {
  const std::string member = member_name(model, commit.member), place = model.place(commit.partition);
  const bool has_read = commit.last_read != kNoName;
  Finding finding{.lines = {has_read ? model.polls[model.reads[commit.last_read].poll].line
                                     : model.ownerships[commit.ownership].from_line,
                            commit.line}};
  const std::string had_come = has_read
                                   ? fmt::format("had read {} up to offset {}", place, ahead.position - 1)
                                   : fmt::format("stood at offset {} of {}", ahead.position, place);
  finding.note = fmt::format("{} {} and committed {}, past {} at offset {}", member, had_come, commit.next,
                             model.name_of_id(ahead.entry->id), ahead.entry->offset);
  return finding;
}

bool is_at_known_beginning(const Model& model, const Policy& policy, const CommitFact& commit) {
  return commit.has_read_nothing && policy.reset == ResetPolicy::earliest &&
         is_of_a_group(model, model.ownerships[commit.ownership]);
}

}  // namespace

void commit_ahead(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no member committed in an ownership in which it had read");
  std::optional<Beginnings> beginnings;
  for (const CommitFact& commit : model.commits) {
    if (commit.outcome != CallOutcome::ok || commit.ownership == kNoName) continue;
    const bool is_at_beginning = is_at_known_beginning(model, policy, commit);
    if (commit.last_read == kNoName && !is_at_beginning) continue;
    findings.judged();
    if (is_at_beginning && !beginnings) beginnings.emplace(model, policy);
    const Ahead ahead =
        is_at_beginning ? ahead_of_beginning(model, *beginnings, commit) : ahead_of_last_read(model, commit);
    if (ahead.entry != nullptr)
      findings.add([&] { return told_ahead(model, commit, ahead); }, commit.next - ahead.position + 1);
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
