#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

struct MetadataRequest {
  bool is_for_all_topics = false;
  std::vector<TopicRef> topics = {};
  bool allows_topic_creation = true;
};

/// Where ids of topics get their names, which later requests leave out.
struct MetadataResponse {
  struct Broker {
    std::int32_t id = 0;
    std::string host = {};
    std::int32_t port = 0;
  };
  struct Partition {
    std::int32_t partition = 0;
    std::int16_t error = 0;
    std::int32_t leader = -1;
    std::vector<std::int32_t> replicas = {}, in_sync = {};
  };
  struct Topic {
    TopicRef topic = {};
    std::int16_t error = 0;
    bool is_internal = false;
    std::vector<Partition> partitions = {};
  };

  std::optional<std::string> cluster_id = std::nullopt;
  std::int32_t controller = -1;
  std::vector<Broker> brokers = {};
  std::vector<Topic> topics = {};
};

/// In version 0 an empty list asks for all topics, later null does.
MetadataRequest read_metadata_request(const Struct& body, int version);
MetadataResponse read_metadata_response(const Struct& body);

}  // namespace klab
