#include "checks/catalogue/call_order.hpp"

#include <algorithm>

namespace klab {
namespace {

/// How far producers have come in partitions, and in the order of their calls, as their sends go by.
class Progress {
 public:
  /// Whether the send lies behind those of its producer that went by before, and was called after them.
  bool goes_on(const Model& model, const SendFact& send, std::int64_t offset) {
    std::int64_t& latest = latest_.try_emplace(send.producer, send.order).first->second;
    const std::uint64_t lane = std::uint64_t{send.producer} << 32 | model.of_id[send.id].partition;
    std::int64_t& farthest = farthest_.try_emplace(lane, kNoOffset).first->second;
    const bool goes_on = send.order >= latest && last_place(model, send) >= farthest;
    latest = send.order;
    farthest = std::max(farthest, offset);
    return goes_on;
  }

 private:
  std::unordered_map<Name, std::int64_t> latest_ = {};
  std::unordered_map<std::uint64_t, std::int64_t> farthest_ = {};
};

}  // namespace

Placed place_of(const Model& model, const SendFact& send) {
  const IdFact& id = model.of_id[send.id];
  if (id.sends != 1 || id.partition == kNoName) return {};
  if (send.partition != kNoName && send.partition != id.partition) return {};
  if (effective_outcome(model, send) == CallOutcome::failed) return {};
  return {id.offset, id.partition};
}

std::int64_t last_place(const Model& model, const SendFact& send) {
  return std::max(send.offset, model.of_id[send.id].offset);
}

CallOrder call_order_of(const Model& model) {
  CallOrder order;
  Progress progress;
  for (const SendFact& send : model.sends) {
    if (!send.is_ordered) continue;
    const Placed place = place_of(model, send);
    if (place.partition == kNoName) continue;
    ++order.sends;
    order.with_keys += send.key != kNoName;
    order.is_kept = order.is_kept && progress.goes_on(model, send, place.offset);
  }
  return order;
}

}  // namespace klab
