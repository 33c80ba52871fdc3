#include "runners/tap/gates/delay_acknowledgements.hpp"

#include <algorithm>

#include "runners/wire/api_key.hpp"
#include "runners/wire/frame_decoder.hpp"
#include "runners/wire/records/record_batch.hpp"
#include "runners/wire/views/produce.hpp"

namespace klab {
namespace {

std::size_t records_in(const Frame& frame) {
  const Spoken request = decode_request(frame.contents);
  if (!request.body) return 0;
  std::size_t records = 0;
  for (const auto& partition : read_produce_request(*request.body).partitions)
    for (const RecordBatch& batch : read_record_set(partition.records).batches)
      records += static_cast<std::size_t>(std::max(batch.record_count, 0));
  return records;
}

}  // namespace

bool DelayAcknowledgements::wants_contents(const Frame& frame) const {
  return is_request(frame, kProduceKey) && records_ < stretch_.last;
}

Ruling DelayAcknowledgements::rule(const Frame& frame, Clock::time_point now) {
  if (is_response(frame, kProduceKey)) return rule_on_response(frame, now);
  if (is_request(frame, kProduceKey) && !frame.contents.empty()) count(frame);
  return Ruling::pass();
}

void DelayAcknowledgements::count(const Frame& frame) {
  const std::size_t first = records_ + 1;
  records_ += records_in(frame);
  const std::size_t from = std::max(first, stretch_.first), to = std::min(records_, stretch_.last);
  if (from > to) return;
  const auto group_of = [&](std::size_t record) { return (record - stretch_.first) / stretch_.together; };
  for (std::size_t group = group_of(from); group <= group_of(to); ++group) {
    Group& one = groups_[group];
    const bool is_over = one.released != Clock::time_point() && one.released <= frame.arrived;
    if (!is_over) one.released = frame.arrived + delay_;
  }
  group_of_[{frame.connection, frame.correlation_id}] = group_of(to);
}

Ruling DelayAcknowledgements::rule_on_response(const Frame& frame, Clock::time_point now) {
  const auto found = group_of_.find({frame.connection, frame.correlation_id});
  if (found == group_of_.end()) return Ruling::pass();
  Group& group = groups_.at(found->second);
  if (now < group.released) {
    if (!group.held_from) group.held_from = frame.arrived;
    return Ruling::hold_until(group.released);
  }
  group_of_.erase(found);
  if (const auto from = std::exchange(group.held_from, std::nullopt)) on_held_(frame.program, *from, now);
  return Ruling::pass();
}

}  // namespace klab
