#include "runners/wire/views/metadata.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

std::vector<std::int32_t> numbers(const Struct& from, std::string_view name) {
  std::vector<std::int32_t> results;
  for (const Value& element : elements(from, name))
    results.push_back(static_cast<std::int32_t>(element.integer()));
  return results;
}

MetadataResponse::Broker read_broker(const Struct& broker) {
  return {number<std::int32_t>(broker, "NodeId"), text(broker, "Host"), number<std::int32_t>(broker, "Port")};
}

MetadataResponse::Partition read_partition(const Struct& partition) {
  return {.partition = number<std::int32_t>(partition, "PartitionIndex"),
          .error = number<std::int16_t>(partition, "ErrorCode"),
          .leader = number<std::int32_t>(partition, "LeaderId"),
          .replicas = numbers(partition, "ReplicaNodes"),
          .in_sync = numbers(partition, "IsrNodes")};
}

MetadataResponse::Topic read_topic(const Struct& topic) {
  return {.topic = topic_of(topic),
          .error = number<std::int16_t>(topic, "ErrorCode"),
          .is_internal = topic["IsInternal"].boolean(),
          .partitions = map_elements(topic, "Partitions", read_partition)};
}

}  // namespace

MetadataRequest read_metadata_request(const Struct& body, int version) {
  MetadataRequest request{.topics = map_elements(body, "Topics", topic_of),
                          .allows_topic_creation = body["AllowAutoTopicCreation"].boolean()};
  request.is_for_all_topics = version == 0 ? request.topics.empty() : body["Topics"].is_null();
  return request;
}

MetadataResponse read_metadata_response(const Struct& body) {
  return {.cluster_id = text_or_null(body, "ClusterId"),
          .controller = number<std::int32_t>(body, "ControllerId"),
          .brokers = map_elements(body, "Brokers", read_broker),
          .topics = map_elements(body, "Topics", read_topic)};
}

}  // namespace klab
