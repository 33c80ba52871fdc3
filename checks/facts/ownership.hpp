#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// The end of what is not known to have ended.
constexpr Moment kStillOwned = Moment::max();

/// A partition in the hands of one member of a group, from the assignment that gave it to what took it away.
struct Ownership {
  std::string group = {};
  std::string program = {};
  std::string member = {};
  PartitionName partition = {};
  Moment from = {};         ///< just before the member was told
  Moment to = kStillOwned;  ///< from here on the group may give it to another
  /// From here on the member knows; later than `to` where the group went on without it
  Moment noticed = kStillOwned;
  Line given = 0;  ///< of the assignment
  Line taken = 0;  ///< of what ended it; 0 where nothing is known to have
  bool holds(Moment moment) const { return from <= moment && moment < to; }
};

/// Every ownership in the history, of all groups, by `from`.
///
/// It ends when the member gives the partition up: an eager member all of them as it joins again, a
/// cooperative one (KIP-429) and one of the newer protocol (KIP-848) what it no longer names as its own; when
/// it leaves, is told that the group has expelled it, is replaced by another of its group.instance.id, or its
/// program ends. A member that vanished or fell silent tells nothing. The group goes on without it after the
/// session timeout, so `to` is then the assignment that shows so: in the classic protocol another member's,
/// of a generation that this one never joined; in the newer one, whose coordinator gives nobody what is not
/// free, the next one of the same partition.
///
/// The wire has to be heard in full for the programs in question: what was not heard ends no ownership.
std::vector<Ownership> ownerships(const History& history);

/// Ownerships by program and partition. Points into what it is made from, which outlives it.
class OwnershipIndex {
 public:
  explicit OwnershipIndex(const std::vector<Ownership>& owned);

  /// What gave the program the partition last before that moment, ended by then or not; null: nothing did.
  const Ownership* latest(std::string_view program, std::string_view topic, int partition, Moment at) const;

 private:
  using Holder = std::tuple<std::string_view, std::string_view, int>;  // program, topic, partition

  std::map<Holder, std::vector<const Ownership*>> owned_ = {};  // by `from`
};

/// Whether two members of one group owned the same partition at the same time.
bool overlap(const Ownership& one, const Ownership& other);

}  // namespace klab
