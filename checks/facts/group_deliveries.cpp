#include "checks/facts/group_deliveries.hpp"

#include <algorithm>

namespace klab {

Moment end_of_play(const ProgramRun& run) {
  return run.told_to_stop > Moment::zero() ? run.told_to_stop : run.ended;
}

std::vector<Ownership> ownerships_in(const History& history, std::string_view group, std::string_view topic) {
  std::vector<Ownership> owned = ownerships(history);
  std::erase_if(owned,
                [&](const Ownership& one) { return one.group != group || one.partition.topic != topic; });
  return owned;
}

std::vector<GroupDelivery> group_deliveries(const History& history, std::string_view topic, const Runs& runs,
                                            const std::vector<Ownership>& owned) {
  const OwnershipIndex rights(owned);
  std::vector<GroupDelivery> deliveries;
  for (const Delivered& delivered : history.delivered) {
    const auto run = std::ranges::find(runs, delivered.program, &ProgramRun::program);
    if (run == runs.end() || delivered.topic != topic || delivered.at > end_of_play(**run)) continue;
    deliveries.push_back(
        {.delivered = &delivered,
         .under = rights.latest(delivered.program, topic, delivered.partition, delivered.at)});
  }
  std::ranges::stable_sort(deliveries, {}, [](const GroupDelivery& one) { return one.delivered->at; });
  return deliveries;
}

}  // namespace klab
