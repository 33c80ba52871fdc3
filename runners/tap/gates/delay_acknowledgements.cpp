#include "runners/tap/gates/delay_acknowledgements.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runners/wire/api_key.hpp"
#include "runners/wire/frame_decoder.hpp"
#include "runners/wire/records/record.hpp"
#include "runners/wire/views/produce.hpp"

namespace klab {
namespace {

// More than the records of a section, and not long to decompress.
constexpr std::size_t kMostBytes = std::size_t{4} << 20;

/// Calls visit(text) for each record of a request that can be read, with its key and its value.
void for_each_record_of(const Frame& frame, auto visit) {
  const Spoken request = decode_request(frame.contents);
  if (!request.body) return;
  std::size_t left = kMostBytes;
  for (const auto& partition : read_produce_request(*request.body).partitions)
    for (const RecordBatch& batch : read_record_set(partition.records).batches)
      for_each_record_within(left, batch, [&](const RecordView& record) {
        const std::string_view key = record.key.value_or("");
        visit(fmt::format("{} {}{}", key.size(), key, record.value.value_or("")));
      });
}

}  // namespace

bool DelayAcknowledgements::wants_contents(const Frame& frame) const {
  if (!is_request(frame, kProduceKey)) return false;
  // The newest record is in the last group, so that one is released last.
  return numbers_.size() < stretch_.last || frame.arrived < groups_.rbegin()->second.released;
}

Ruling DelayAcknowledgements::rule(const Frame& frame, Clock::time_point now) {
  if (is_response(frame, kProduceKey)) return rule_on_response(frame, now);
  if (is_request(frame, kProduceKey) && !frame.contents.empty())
    for_each_record_of(frame, [&](const std::string& record) { hear(frame, record); });
  return Ruling::pass();
}

void DelayAcknowledgements::hear(const Frame& frame, const std::string& record) {
  const bool is_new = !numbers_.contains(record);
  if (is_new && numbers_.size() == stretch_.last) return;
  const std::size_t number = numbers_.try_emplace(record, numbers_.size() + 1).first->second;
  if (number < stretch_.first) return;
  const std::size_t index = (number - stretch_.first) / stretch_.together;
  Group& group = groups_[index];
  const bool is_over = group.released != Clock::time_point() && group.released <= frame.arrived;
  if (is_new && !is_over) group.released = frame.arrived + delay_;
  std::size_t& last = group_of_[{frame.connection, frame.correlation_id}];
  last = std::max(last, index);
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
