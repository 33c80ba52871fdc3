#pragma once

#include <string_view>
#include <vector>

#include "checks/facts/ownership.hpp"
#include "checks/history/history.hpp"

namespace klab {

/// Messages that a program of a group was given, and by which right.
struct GroupDelivery {
  const Delivered* delivered = nullptr;
  const Ownership* under = nullptr;  ///< the ownership of the partition that its program had last; null: none

  /// It had given the partition up by then, or been told so. One answer to a request that was made before may
  /// still come, which a client drops.
  bool is_late() const { return under != nullptr && delivered->at >= under->noticed; }
};

/// What these runs were given of a topic, in time's order, each up to when it was told to stop. `owned` are
/// ownerships of the group, and outlive the result.
std::vector<GroupDelivery> group_deliveries(const History& history, std::string_view topic, const Runs& runs,
                                            const std::vector<Ownership>& owned);

/// The ownerships of one group in a topic.
std::vector<Ownership> ownerships_in(const History& history, std::string_view group, std::string_view topic);

/// When a run was told to stop, or ended by itself: what comes later is not judged.
Moment end_of_play(const ProgramRun& run);

}  // namespace klab
