#include "checks/catalogue/log_order.hpp"

#include <algorithm>

namespace klab {
namespace {

/// Goes through a log from its end to its beginning: what is behind a record may neither be sent earlier by
/// its producer nor be acknowledged before it is sent.
class WayBack {
 public:
  explicit WayBack(const Policy& policy) : policy_(policy) {}

  void pass(const SendFact& send) {
    if (send.is_ordered) pass_call(send);
    if (send.begin != kUnknownTime) {
      ++order_.begun;
      if (order_.has_acked && earliest_ack_ + policy_.clock_error_us < send.begin) order_.is_of_times = false;
    }
    if (!is_surely_acked(send, policy_)) return;
    earliest_ack_ = order_.has_acked ? std::min(earliest_ack_, send.end) : send.end;
    order_.has_acked = true;
  }

  const LogOrder& order() const { return order_; }

 private:
  void pass_call(const SendFact& send) {
    ++order_.called;
    order_.called_with_keys += send.key != kNoName;
    std::int64_t& earliest = earliest_call_.try_emplace(send.producer, send.order).first->second;
    if (send.order > earliest) order_.is_of_calls = false;
    earliest = std::min(earliest, send.order);
  }

  const Policy& policy_;
  LogOrder order_ = {};
  Time earliest_ack_ = kUnknownTime;
  std::unordered_map<Name, std::int64_t> earliest_call_ = {};  ///< by producer
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

Name send_at(const Model& model, Name partition, const LogEntry& entry) {
  if (entry.id == kNoName || model.of_id[entry.id].sends != 1) return kNoName;
  const Name send = model.of_id[entry.id].first_send;
  return place_of(model, model.sends[send]) == Placed{entry.offset, partition} ? send : kNoName;
}

bool is_surely_acked(const SendFact& send, const Policy& policy) {
  return send.end != kUnknownTime && send.outcome == SendOutcome::acked && is_place_sure(send, policy);
}

void note_log_orders(Model& model, const Policy& policy) {
  for (Name partition = 0; partition < model.logs.size(); ++partition) {
    WayBack way(policy);
    const PartitionLog& log = model.logs[partition];
    for (auto entry = log.rbegin(); entry != log.rend(); ++entry)
      if (const Name send = send_at(model, partition, *entry); send != kNoName) way.pass(model.sends[send]);
    model.orders.push_back(way.order());
  }
}

}  // namespace klab
