#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

struct CreateTopicsRequest {
  struct Topic {
    std::string name = {};
    std::int32_t partitions = -1;  ///< -1: the broker's default
    std::int16_t replication_factor = -1;
    std::map<std::string, std::optional<std::string>> configs = {};
  };

  std::vector<Topic> topics = {};
  bool only_validates = false;
};

/// What became of each topic that was to be created or deleted. The id is known since versions 7 and 6.
struct TopicResult {
  TopicRef topic = {};
  std::int16_t error = 0;
  std::optional<std::string> error_message = std::nullopt;
};

struct DeleteRecordsRequest {
  struct Partition {
    TopicPartition of = {};
    std::int64_t before = 0;  ///< -1: all of them
  };

  std::vector<Partition> partitions = {};
};

struct DeleteRecordsResponse {
  struct Partition {
    TopicPartition of = {};
    std::int64_t low_watermark = -1;
    std::int16_t error = 0;
  };

  std::vector<Partition> partitions = {};
};

struct IncrementalAlterConfigsRequest {
  struct Change {
    int resource_type = 0;  ///< 2 topic, 4 broker
    std::string resource = {};
    std::string config = {};
    int operation = 0;  ///< 0 set, 1 delete, 2 append, 3 subtract
    std::optional<std::string> value = std::nullopt;
  };

  std::vector<Change> changes = {};
  bool only_validates = false;
};

struct IncrementalAlterConfigsResponse {
  struct Resource {
    int type = 0;
    std::string name = {};
    std::int16_t error = 0;
  };

  std::vector<Resource> resources = {};
};

CreateTopicsRequest read_create_topics_request(const Struct& body);
std::vector<TopicResult> read_create_topics_response(const Struct& body);
std::vector<TopicRef> read_delete_topics_request(const Struct& body);
std::vector<TopicResult> read_delete_topics_response(const Struct& body);
DeleteRecordsRequest read_delete_records_request(const Struct& body);
DeleteRecordsResponse read_delete_records_response(const Struct& body);
IncrementalAlterConfigsRequest read_incremental_alter_configs_request(const Struct& body);
IncrementalAlterConfigsResponse read_incremental_alter_configs_response(const Struct& body);

}  // namespace klab
