#pragma once

#include "runners/wire/views/consumer_protocol.hpp"

namespace klab {

// The classic protocol: members join, their leader assigns, all sync. What is no consumer's subscription or
// assignment (Connect uses groups too, and an error has none) is left out.

/// Nor is more read than this of one message's subscriptions or assignments together: a broker keeps a group
/// in one record, which by default is 1 MiB at the most.
inline constexpr std::size_t kMostGroupBytes = 1024 * 1024;

struct JoinGroupRequest {
  struct Protocol {
    std::string name = {};  ///< of the assignor
    std::optional<Subscription> subscription = std::nullopt;
  };

  std::string group = {};
  std::string member = {};  ///< "" on the first try
  std::optional<std::string> instance = std::nullopt;
  std::int32_t session_timeout_ms = 0;
  std::int32_t rebalance_timeout_ms = -1;
  std::string protocol_type = {};
  std::vector<Protocol> protocols = {};
};

struct JoinGroupResponse {
  struct Member {
    std::string member = {};
    std::optional<std::string> instance = std::nullopt;
    std::optional<Subscription> subscription = std::nullopt;
  };

  std::int16_t error = 0;
  std::int32_t generation = -1;
  std::string protocol = {};
  std::string leader = {};
  std::string member = {};
  std::vector<Member> members = {};  ///< for the leader only
};

struct SyncGroupRequest {
  struct Given {
    std::string member = {};
    std::optional<Assignment> assignment = std::nullopt;
  };

  std::string group = {};
  std::int32_t generation = 0;
  std::string member = {};
  std::optional<std::string> instance = std::nullopt;
  std::vector<Given> assignments = {};  ///< from the leader only
};

struct SyncGroupResponse {
  std::int16_t error = 0;
  std::optional<Assignment> assignment = std::nullopt;
};

JoinGroupRequest read_join_group_request(const Struct& body);
JoinGroupResponse read_join_group_response(const Struct& body);
SyncGroupRequest read_sync_group_request(const Struct& body);
SyncGroupResponse read_sync_group_response(const Struct& body);

}  // namespace klab
