#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/decoded.hpp"
#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

/// What a consumer tells its group's leader, inside JoinGroup.
struct Subscription {
  int version = 0;
  std::vector<std::string> topics = {};
  std::vector<TopicPartition> owned = {};  ///< since version 1; a cooperative member keeps them meanwhile
  std::int32_t generation = -1;
  std::optional<std::string> rack = std::nullopt;
};

/// What the leader gives a consumer, inside SyncGroup.
struct Assignment {
  int version = 0;
  std::vector<TopicPartition> partitions = {};
};

/// An int16 version, then a message of kafka's ConsumerProtocolSubscription or -Assignment
/// (ConsumerProtocol.java). A version that is newer than the spec is read as the newest known: newer ones
/// only add at the end.
Decoded<Subscription> read_subscription(std::string_view bytes);
Decoded<Assignment> read_assignment(std::string_view bytes);

}  // namespace klab
