#include <algorithm>
#include <iterator>

#include "experiments/plays.hpp"

namespace klab {

// What is timed comes last, when nobody else is left to disturb it.
std::vector<Experiment> all_experiments() {
  std::vector<Experiment> all;
  for (std::vector<Experiment> some :
       {offset_expiry_experiments(), rebalance_experiments(),     consumer_default_experiments(),
        retry_order_experiments(),   leader_loss_experiments(),   batch_experiments(),
        flush_experiments(),         in_sync_experiments(),       key_experiments(),
        delivery_experiments(),      default_experiments(),       nokey_experiments(),
        autocreate_experiments(),    buffer_experiments(),        connect_experiments(),
        takeover_experiments(),      static_member_experiments(), polling_experiments(),
        retention_experiments(),     segment_experiments(),       fetching_experiments(),
        group_experiments(),         offset_experiments(),        retry_experiments(),
        acks_zero_experiments(),     transaction_experiments(),   compression_experiments(),
        flushing_experiments(),      record_experiments(),        timestamp_experiments(),
        order_experiments(),         fencing_experiments(),       surrounding_experiments(),
        registry_experiments(),      cost_experiments()})
    std::ranges::move(some, std::back_inserter(all));
  return all;
}

std::vector<Experiment> experiments_on(const std::vector<std::string>& claims) {
  std::vector<Experiment> all = all_experiments();
  std::erase_if(all, [&](const Experiment& experiment) {
    return std::ranges::none_of(experiment.claims, [&](const std::string& claim) {
      return std::ranges::find(claims, claim) != claims.end();
    });
  });
  return all;
}

}  // namespace klab
