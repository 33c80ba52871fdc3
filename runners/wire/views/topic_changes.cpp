#include "runners/wire/views/topic_changes.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

CreateTopicsRequest::Topic read_topic(const Struct& topic) {
  CreateTopicsRequest::Topic result{.name = text(topic, "Name"),
                                    .partitions = number<std::int32_t>(topic, "NumPartitions"),
                                    .replication_factor = number<std::int16_t>(topic, "ReplicationFactor")};
  for (const Value& config : elements(topic, "Configs"))
    result.configs[text(config.structure(), "Name")] = text_or_null(config.structure(), "Value");
  return result;
}

TopicResult read_result(const Struct& result) {
  return {topic_of(result), number<std::int16_t>(result, "ErrorCode"), text_or_null(result, "ErrorMessage")};
}

}  // namespace

CreateTopicsRequest read_create_topics_request(const Struct& body) {
  return {map_elements(body, "Topics", read_topic), body["validateOnly"].boolean()};
}

std::vector<TopicResult> read_create_topics_response(const Struct& body) {
  return map_elements(body, "Topics", read_result);
}

std::vector<TopicRef> read_delete_topics_request(const Struct& body) {
  std::vector<TopicRef> topics = map_elements(body, "Topics", topic_of);
  for (const std::string& name : texts(body, "TopicNames")) topics.push_back({.name = name});
  return topics;
}

std::vector<TopicResult> read_delete_topics_response(const Struct& body) {
  return map_elements(body, "Responses", read_result);
}

DeleteRecordsRequest read_delete_records_request(const Struct& body) {
  return {map_partitions(body, "Topics", "Partitions", [](TopicRef topic, const Struct& partition) {
    return DeleteRecordsRequest::Partition{
        {std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
        number<std::int64_t>(partition, "Offset")};
  })};
}

DeleteRecordsResponse read_delete_records_response(const Struct& body) {
  return {map_partitions(body, "Topics", "Partitions", [](TopicRef topic, const Struct& partition) {
    return DeleteRecordsResponse::Partition{
        {std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
        number<std::int64_t>(partition, "LowWatermark"),
        number<std::int16_t>(partition, "ErrorCode")};
  })};
}

IncrementalAlterConfigsRequest read_incremental_alter_configs_request(const Struct& body) {
  IncrementalAlterConfigsRequest request{.only_validates = body["ValidateOnly"].boolean()};
  for (const Value& resource : elements(body, "Resources"))
    for (const Value& config : elements(resource.structure(), "Configs"))
      request.changes.push_back({.resource_type = number<int>(resource.structure(), "ResourceType"),
                                 .resource = repeated_name(resource.structure(), "ResourceName"),
                                 .config = text(config.structure(), "Name"),
                                 .operation = number<int>(config.structure(), "ConfigOperation"),
                                 .value = text_or_null(config.structure(), "Value")});
  return request;
}

IncrementalAlterConfigsResponse read_incremental_alter_configs_response(const Struct& body) {
  return {map_elements(body, "Responses", [](const Struct& resource) {
    return IncrementalAlterConfigsResponse::Resource{number<int>(resource, "ResourceType"),
                                                     text(resource, "ResourceName"),
                                                     number<std::int16_t>(resource, "ErrorCode")};
  })};
}

}  // namespace klab
