#include "runners/tap/gates/hold_partition.hpp"

#include <algorithm>

#include "runners/wire/api_key.hpp"
#include "runners/wire/frame_decoder.hpp"

namespace klab {

void HoldPartition::release() {
  is_on_ = false;
  reconsider_();
}

bool HoldPartition::wants_contents(const Frame& frame) const {
  return is_on_ && is_request(frame, kProduceKey);
}

Ruling HoldPartition::rule(const Frame& frame, Clock::time_point) {
  if (!is_on_ || !is_picked(frame)) {
    held_.erase({frame.connection, frame.correlation_id});
    return Ruling::pass();
  }
  held_.emplace(frame.connection, frame.correlation_id);
  has_held_ = true;
  return Ruling::hold();
}

bool HoldPartition::is_picked(const Frame& frame) {
  if (frame.contents.empty()) return false;
  if (held_.contains({frame.connection, frame.correlation_id})) return true;
  const Spoken request = decode_request(frame.contents);
  return request.body && picks_(read_produce_request(*request.body));
}

bool has_records_for(const ProduceRequest& request, std::int32_t partition) {
  return std::ranges::any_of(request.partitions, [partition](const ProduceRequest::Partition& part) {
    return part.to.partition == partition && !part.records.empty();
  });
}

}  // namespace klab
