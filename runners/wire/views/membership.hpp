#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

struct HeartbeatRequest {
  std::string group = {};
  std::int32_t generation = 0;
  std::string member = {};
  std::optional<std::string> instance = std::nullopt;
};

struct LeaveGroupRequest {
  struct Member {
    std::string member = {};
    std::optional<std::string> instance = std::nullopt;
    std::optional<std::string> reason = std::nullopt;
  };

  std::string group = {};
  std::vector<Member> members = {};  ///< before version 3 always one
};

/// The new protocol (KIP-848): one request joins, beats, acknowledges and leaves.
struct ConsumerGroupHeartbeatRequest {
  std::string group = {};
  std::string member = {};
  std::int32_t epoch = 0;  ///< 0 joins, -1 leaves, -2 leaves for a while
  std::optional<std::string> instance = std::nullopt;
  std::optional<std::vector<std::string>> topics = std::nullopt;  ///< none: as before
  std::optional<std::string> topic_regex = std::nullopt;
  std::optional<std::vector<TopicPartition>> owned = std::nullopt;  ///< none: as before
};

struct ConsumerGroupHeartbeatResponse {
  std::int16_t error = 0;
  std::optional<std::string> member = std::nullopt;
  std::int32_t epoch = 0;
  std::optional<std::vector<TopicPartition>> assigned = std::nullopt;  ///< none: as before
};

HeartbeatRequest read_heartbeat_request(const Struct& body);
std::int16_t read_heartbeat_response(const Struct& body);  ///< the error
LeaveGroupRequest read_leave_group_request(const Struct& body);
std::int16_t read_leave_group_response(const Struct& body);  ///< the error; members have their own
ConsumerGroupHeartbeatRequest read_consumer_group_heartbeat_request(const Struct& body);
ConsumerGroupHeartbeatResponse read_consumer_group_heartbeat_response(const Struct& body);

}  // namespace klab
