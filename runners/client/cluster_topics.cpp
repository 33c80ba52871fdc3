#include <fmt/format.h>

#include <array>

#include "runners/client/admin_request.hpp"
#include "runners/client/cluster.hpp"

namespace klab {
namespace {

using namespace rdkafka;

using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Deleter<rd_kafka_NewTopic_destroy>>;
using ConfigResource = std::unique_ptr<rd_kafka_ConfigResource_t, Deleter<rd_kafka_ConfigResource_destroy>>;

constexpr int kAsAssigned = -1;  // instead of a replication factor

void check_each(const std::string& what, const rd_kafka_topic_result_t* const* results, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) check(what, rd_kafka_topic_result_error(results[i]));
}

NewTopic make_topic(const std::string& name, int partitions, int replicas, const KafkaSettings& settings) {
  std::array<char, 256> reason{};
  NewTopic topic(rd_kafka_NewTopic_new(name.c_str(), partitions, replicas, reason.data(), reason.size()));
  if (!topic) throw broker_error("create topic " + name, reason.data());
  for (const auto& [setting, value] : settings)
    check("create topic " + name, rd_kafka_NewTopic_set_config(topic.get(), setting.c_str(), value.c_str()));
  return topic;
}

void create(rd_kafka_t* client, const std::string& name, rd_kafka_NewTopic_t* topic) {
  const AdminOptions how = admin_options(client, RD_KAFKA_ADMIN_OP_CREATETOPICS);
  std::array<rd_kafka_NewTopic_t*, 1> topics{topic};
  const Event answer = ask(client, "create topic " + name, [&](rd_kafka_queue_t* queue) {
    rd_kafka_CreateTopics(client, topics.data(), topics.size(), how.get(), queue);
  });
  std::size_t count = 0;
  const auto* results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(answer.get()), &count);
  check_each("create topic " + name, results, count);
}

void check_each(const std::string& what, const rd_kafka_ConfigResource_t* const* resources,
                std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (rd_kafka_ConfigResource_error(resources[i]) != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw broker_error(what, rd_kafka_ConfigResource_error_string(resources[i]));
}

/// Those of one resource that the answer has values for.
KafkaSettings settings_of(const rd_kafka_ConfigResource_t* resource) {
  KafkaSettings settings;
  std::size_t count = 0;
  const auto* entries = rd_kafka_ConfigResource_configs(resource, &count);
  for (std::size_t i = 0; i < count; ++i)
    if (const char* value = rd_kafka_ConfigEntry_value(entries[i]))
      settings[rd_kafka_ConfigEntry_name(entries[i])] = value;
  return settings;
}

KafkaSettings describe(rd_kafka_t* client, rd_kafka_ResourceType_t type, const std::string& name) {
  const std::string what = "tell the settings of " + name;
  const ConfigResource resource(rd_kafka_ConfigResource_new(type, name.c_str()));
  const AdminOptions how = admin_options(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  std::array<rd_kafka_ConfigResource_t*, 1> asked{resource.get()};
  const Event answer = ask(client, what, [&](rd_kafka_queue_t* queue) {
    rd_kafka_DescribeConfigs(client, asked.data(), asked.size(), how.get(), queue);
  });
  std::size_t count = 0;
  const auto* resources =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(answer.get()), &count);
  check_each(what, resources, count);
  if (count != 1) throw broker_error(what, "nothing in its answer");
  return settings_of(resources[0]);
}

}  // namespace

void Cluster::create_topic(const std::string& name, int partitions, const KafkaSettings& settings) {
  create(client_.get(), name, make_topic(name, partitions, 1, settings).get());
  wait_until_led(name, partitions);
}

void Cluster::create_topic(const std::string& name, const ReplicaAssignment& assignment,
                           const KafkaSettings& settings) {
  const int partitions = static_cast<int>(assignment.size());
  const NewTopic topic = make_topic(name, partitions, kAsAssigned, settings);
  std::array<char, 256> reason{};
  for (int partition = 0; partition < partitions; ++partition) {
    std::vector<std::int32_t> brokers(assignment[partition].begin(), assignment[partition].end());
    if (rd_kafka_NewTopic_set_replica_assignment(topic.get(), partition, brokers.data(), brokers.size(),
                                                 reason.data(), reason.size()) != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw broker_error("create topic " + name, reason.data());
  }
  create(client_.get(), name, topic.get());
  wait_until_led(name, partitions);
}

void Cluster::delete_topic(const std::string& name) {
  std::unique_ptr<rd_kafka_DeleteTopic_t, Deleter<rd_kafka_DeleteTopic_destroy>> topic(
      rd_kafka_DeleteTopic_new(name.c_str()));
  const AdminOptions how = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_DELETETOPICS);
  std::array<rd_kafka_DeleteTopic_t*, 1> topics{topic.get()};
  const Event answer = ask(client_.get(), "delete topic " + name, [&](rd_kafka_queue_t* queue) {
    rd_kafka_DeleteTopics(client_.get(), topics.data(), topics.size(), how.get(), queue);
  });
  std::size_t count = 0;
  const auto* results =
      rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(answer.get()), &count);
  check_each("delete topic " + name, results, count);
}

void Cluster::alter_topic(const std::string& name, const KafkaSettings& settings) {
  const std::string what = "change the settings of topic " + name;
  const ConfigResource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
  for (const auto& [setting, value] : settings)
    check(what, rd_kafka_ConfigResource_set_config(resource.get(), setting.c_str(), value.c_str()));
  const AdminOptions how = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_ALTERCONFIGS);
  std::array<rd_kafka_ConfigResource_t*, 1> changed{resource.get()};
  const Event answer = ask(client_.get(), what, [&](rd_kafka_queue_t* queue) {
    rd_kafka_AlterConfigs(client_.get(), changed.data(), changed.size(), how.get(), queue);
  });
  std::size_t count = 0;
  const auto* resources =
      rd_kafka_AlterConfigs_result_resources(rd_kafka_event_AlterConfigs_result(answer.get()), &count);
  check_each(what, resources, count);
}

void Cluster::add_partitions(const std::string& topic, int total) {
  const std::string what = "add partitions to topic " + topic;
  std::array<char, 256> reason{};
  std::unique_ptr<rd_kafka_NewPartitions_t, Deleter<rd_kafka_NewPartitions_destroy>> partitions(
      rd_kafka_NewPartitions_new(topic.c_str(), static_cast<std::size_t>(total), reason.data(),
                                 reason.size()));
  if (!partitions) throw broker_error(what, reason.data());
  const AdminOptions how = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_CREATEPARTITIONS);
  std::array<rd_kafka_NewPartitions_t*, 1> added{partitions.get()};
  const Event answer = ask(client_.get(), what, [&](rd_kafka_queue_t* queue) {
    rd_kafka_CreatePartitions(client_.get(), added.data(), added.size(), how.get(), queue);
  });
  std::size_t count = 0;
  const auto* results =
      rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(answer.get()), &count);
  check_each(what, results, count);
  wait_until_led(topic, total);
}

void Cluster::delete_records(const std::string& topic, int partition, std::int64_t before) {
  const std::string what = "delete records of topic " + topic;
  const PartitionList offsets(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(offsets.get(), topic.c_str(), partition)->offset = before;
  std::unique_ptr<rd_kafka_DeleteRecords_t, Deleter<rd_kafka_DeleteRecords_destroy>> request(
      rd_kafka_DeleteRecords_new(offsets.get()));
  const AdminOptions how = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_DELETERECORDS);
  std::array<rd_kafka_DeleteRecords_t*, 1> requests{request.get()};
  const Event answer = ask(client_.get(), what, [&](rd_kafka_queue_t* queue) {
    rd_kafka_DeleteRecords(client_.get(), requests.data(), requests.size(), how.get(), queue);
  });
  const auto* deleted =
      rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(answer.get()));
  for (int i = 0; i < deleted->cnt; ++i) check(what, deleted->elems[i].err);
}

KafkaSettings Cluster::topic_settings(const std::string& topic) {
  return describe(client_.get(), RD_KAFKA_RESOURCE_TOPIC, topic);
}

KafkaSettings Cluster::broker_settings(int node) {
  return describe(client_.get(), RD_KAFKA_RESOURCE_BROKER, std::to_string(node));
}

}  // namespace klab
