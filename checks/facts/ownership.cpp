#include "checks/facts/ownership.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace klab {
namespace {

/// Something that begins or ends ownerships.
struct Change {
  Moment at = {};
  Line line = 0;
  const Assigned* assigned = nullptr;
  const Revoked* revoked = nullptr;
  const Left* left = nullptr;
  const ProgramRun* ended = nullptr;
};

std::vector<Change> changes_in(const History& history) {
  std::vector<Change> changes;
  for (const Assigned& event : history.assigned)
    changes.push_back({.at = event.at, .line = event.line, .assigned = &event});
  for (const Revoked& event : history.revoked)
    changes.push_back({.at = event.at, .line = event.line, .revoked = &event});
  for (const Left& event : history.left)
    changes.push_back({.at = event.at, .line = event.line, .left = &event});
  for (const ProgramRun& run : history.programs)
    changes.push_back({.at = run.ended, .line = run.line, .ended = &run});
  std::ranges::sort(changes, {}, [](const Change& change) { return std::pair(change.at, change.line); });
  return changes;
}

using MemberName = std::pair<std::string_view, std::string_view>;  // group and member

/// What is known of members from the whole history.
class Members {
 public:
  explicit Members(const History& history) {
    for (const Joined& joined : history.joined) {
      Facts& facts = facts_[{joined.group, joined.member}];
      facts.is_classic = joined.protocol != "consumer";
      facts.last_generation = std::max(facts.last_generation, joined.generation);
    }
    for (const Assigned& assigned : history.assigned) {
      Facts& facts = facts_[{assigned.group, assigned.member}];
      facts.last_generation = std::max(facts.last_generation, assigned.generation);
    }
  }

  /// Whether this assignment of another member shows that the group no longer counts on `owned` being owned.
  bool is_superseded(const Ownership& owned, const Assigned& by) const {
    if (owned.group != by.group || owned.member == by.member) return false;
    const Facts& facts = facts_.at({owned.group, owned.member});
    if (facts.is_classic && facts_.at({by.group, by.member}).is_classic)
      return by.generation > facts.last_generation;
    return std::ranges::find(by.partitions, owned.partition) != by.partitions.end();
  }

 private:
  struct Facts {
    bool is_classic = true;
    int last_generation = 0;
  };
  std::map<MemberName, Facts> facts_ = {};
};

/// Follows the changes in time's order.
class Ledger {
 public:
  explicit Ledger(const History& history) : members_(history) {
    for (const Change& change : changes_in(history)) apply(change);
  }

  std::vector<Ownership> take() { return std::move(all_); }

 private:
  void apply(const Change& change) {
    if (change.assigned != nullptr) assign(*change.assigned);
    if (change.revoked != nullptr) {
      const std::set<PartitionName> lost(change.revoked->partitions.begin(),
                                         change.revoked->partitions.end());
      end(change, [&](const Ownership& owned) {
        return owned.group == change.revoked->group && owned.member == change.revoked->member &&
               lost.contains(owned.partition);
      });
    }
    if (change.left != nullptr)
      end(change, [&](const Ownership& owned) {
        return owned.group == change.left->group && owned.member == change.left->member;
      });
    if (change.ended != nullptr)
      end(change, [&](const Ownership& owned) { return owned.program == change.ended->program; });
  }

  void assign(const Assigned& assigned) {
    for (const auto& [name, i] : open_)
      if (all_[i].to == kStillOwned && members_.is_superseded(all_[i], assigned)) {
        all_[i].to = assigned.at;
        all_[i].taken = assigned.line;
      }
    for (const PartitionName& partition : assigned.partitions) {
      const auto [place, is_new] =
          open_.try_emplace({assigned.group, assigned.member, partition}, all_.size());
      if (!is_new && all_[place->second].to == kStillOwned) continue;
      place->second = all_.size();
      all_.push_back({.group = assigned.group,
                      .program = assigned.program,
                      .member = assigned.member,
                      .partition = partition,
                      .from = assigned.at,
                      .given = assigned.line});
    }
  }

  template <typename IsMeant>
  void end(const Change& change, IsMeant is_meant) {
    std::erase_if(open_, [&](const auto& entry) {
      Ownership& owned = all_[entry.second];
      if (!is_meant(owned)) return false;
      owned.noticed = change.at;
      if (owned.to == kStillOwned) {
        owned.to = change.at;
        owned.taken = change.line;
      }
      return true;
    });
  }

  Members members_;
  std::vector<Ownership> all_ = {};
  // The latest of each group, member and partition, as long as the member knows of no end.
  std::map<std::tuple<std::string_view, std::string_view, PartitionName>, std::size_t> open_ = {};
};

}  // namespace

std::vector<Ownership> ownerships(const History& history) { return Ledger(history).take(); }

OwnershipIndex::OwnershipIndex(const std::vector<Ownership>& owned) {
  for (const Ownership& one : owned)
    owned_[Holder(one.program, one.partition.topic, one.partition.partition)].push_back(&one);
}

const Ownership* OwnershipIndex::latest(std::string_view program, std::string_view topic, int partition,
                                        Moment at) const {
  const auto found = owned_.find(Holder(program, topic, partition));
  if (found == owned_.end()) return nullptr;
  const auto after = std::ranges::upper_bound(found->second, at, {}, &Ownership::from);
  return after == found->second.begin() ? nullptr : *std::prev(after);
}

bool overlap(const Ownership& one, const Ownership& other) {
  return one.group == other.group && one.member != other.member && one.partition == other.partition &&
         std::max(one.from, other.from) < std::min(one.to, other.to);
}

}  // namespace klab
