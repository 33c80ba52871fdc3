#include "checks/catalogue/sends_by_place.hpp"

#include <algorithm>

namespace klab {

void SendsByPlace::add(Name index) {
  const SendFact& send = model_.sends[index];
  if (send.offset == kNoOffset || send.partition == kNoName) return;
  if (send.partition >= logs_.size()) logs_.resize(send.partition + 1);
  Log& log = logs_[send.partition];
  log.is_sorted = log.is_sorted && (log.sends.empty() || offset_of(log.sends.back()) <= send.offset);
  log.sends.push_back(index);
}

void SendsByPlace::sort() {
  for (Log& log : logs_)
    if (!log.is_sorted) std::ranges::sort(log.sends, {}, [&](Name send) { return offset_of(send); });
}

const SendFact* SendsByPlace::at(Name partition, std::int64_t offset) {
  if (partition >= logs_.size()) return nullptr;
  auto& [sends, next, is_sorted] = logs_[partition];
  if (next == sends.size() || offset_of(sends[next]) != offset)
    next = static_cast<std::size_t>(
        std::ranges::lower_bound(sends, offset, {}, [&](Name send) { return offset_of(send); }) -
        sends.begin());
  if (next == sends.size() || offset_of(sends[next]) != offset) return nullptr;
  return &model_.sends[sends[next++]];
}

}  // namespace klab
