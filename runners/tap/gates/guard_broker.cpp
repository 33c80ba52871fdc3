#include "runners/tap/gates/guard_broker.hpp"

#include <algorithm>
#include <array>

#include "runners/wire/api_key.hpp"
#include "runners/wire/frame_decoder.hpp"
#include "runners/wire/message_spec.hpp"
#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

// Sorted; what only controllers serve is refused by the broker itself.
constexpr auto kAltersBroker = std::to_array<std::string_view>(
    {"AddRaftVoter", "AlterClientQuotas", "AlterPartitionReassignments", "AlterReplicaLogDirs",
     "AlterUserScramCredentials", "CreateAcls", "DeleteAcls", "ElectLeaders", "RemoveRaftVoter",
     "UnregisterBroker", "UpdateFeatures", "WriteTxnMarkers"});

// org.apache.kafka.common.config.ConfigResource.Type
constexpr int kTopicConfigs = 2, kGroupConfigs = 32;

bool alters_configs(const Frame& frame) {
  return is_request(frame, kAlterConfigsKey) || is_request(frame, kIncrementalAlterConfigsKey);
}

/// So may one that is too large to be looked at, or cannot be decoded.
bool may_name_a_broker(std::string_view contents) {
  const Spoken request = decode_request(contents);
  return !request.body ||
         std::ranges::any_of(elements(*request.body, "Resources"), [](const Value& resource) {
           const int type = number<int>(resource.structure(), "ResourceType");
           return type != kTopicConfigs && type != kGroupConfigs;
         });
}

bool alters_broker(const Frame& frame) {
  if (frame.direction != Direction::to_broker) return false;
  if (alters_configs(frame)) return may_name_a_broker(frame.contents);
  return std::ranges::binary_search(kAltersBroker, name_of_api(frame.api_key));
}

}  // namespace

bool GuardBroker::wants_contents(const Frame& frame) const {
  return alters_configs(frame) || (next_ && next_->wants_contents(frame));
}

Ruling GuardBroker::rule(const Frame& frame, Clock::time_point now) {
  if (!alters_broker(frame)) return next_ ? next_->rule(frame, now) : Ruling::pass();
  const std::string_view api = name_of_api(frame.api_key);
  if (told_.insert(api).second) on_refused_(frame.program, api);
  return Ruling::cut_after(0);
}

}  // namespace klab
