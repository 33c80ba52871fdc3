#include <fmt/format.h>

#include <algorithm>

#include "runners/client/admin_request.hpp"
#include "runners/client/cluster.hpp"

namespace klab {
namespace {

using namespace rdkafka;

using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Deleter<rd_kafka_metadata_destroy>>;
using TopicHandle = std::unique_ptr<rd_kafka_topic_t, Deleter<rd_kafka_topic_destroy>>;

constexpr std::chrono::seconds kForOneBroker{2};

/// Of one topic, or of all. A client keeps to a broker that it is connected to even when that one is paused
/// and answers nothing; a new client finds one that answers.
Metadata ask_for_metadata(const std::string& bootstrap, std::string_view what,
                          const std::string& topic = {}) {
  const rd_kafka_metadata_t* raw = nullptr;
  auto error = RD_KAFKA_RESP_ERR_NO_ERROR;
  const auto is_answered = [&] {
    const Handle client = make_client(RD_KAFKA_PRODUCER, bootstrap, {});
    const TopicHandle handle(topic.empty() ? nullptr
                                           : rd_kafka_topic_new(client.get(), topic.c_str(), nullptr));
    error = rd_kafka_metadata(client.get(), topic.empty() ? 1 : 0, handle.get(), &raw, milliseconds(kForOneBroker));
    return error == RD_KAFKA_RESP_ERR_NO_ERROR;
  };
  if (!eventually(is_answered, kPatience)) check(what, error);
  return Metadata(raw);
}

PartitionReplicas replicas_in(const rd_kafka_metadata_partition& partition) {
  PartitionReplicas replicas;
  if (partition.leader >= 0) replicas.leader = partition.leader;
  replicas.assigned.assign(partition.replicas, partition.replicas + partition.replica_cnt);
  replicas.in_sync.assign(partition.isrs, partition.isrs + partition.isr_cnt);
  std::ranges::sort(replicas.in_sync);
  return replicas;
}

}  // namespace

std::set<std::string> Cluster::topics() {
  const Metadata metadata = ask_for_metadata(bootstrap_, "list the topics");
  std::set<std::string> names;
  for (int i = 0; i < metadata->topic_cnt; ++i) names.insert(metadata->topics[i].topic);
  return names;
}

std::vector<int> Cluster::brokers() {
  const Metadata metadata = ask_for_metadata(bootstrap_, "list the brokers");
  std::vector<int> ids;
  for (int i = 0; i < metadata->broker_cnt; ++i) ids.push_back(metadata->brokers[i].id);
  std::ranges::sort(ids);
  return ids;
}

PartitionReplicas Cluster::replicas_of(const std::string& topic, int partition) {
  const std::string what = fmt::format("tell who has partition {} of topic {}", partition, topic);
  const Metadata metadata = ask_for_metadata(bootstrap_, what, topic);
  if (metadata->topic_cnt != 1) throw broker_error(what, "nothing in its answer");
  const rd_kafka_metadata_topic& described = metadata->topics[0];
  check(what, described.err);
  for (int i = 0; i < described.partition_cnt; ++i)
    if (described.partitions[i].id == partition) return replicas_in(described.partitions[i]);
  throw broker_error(what, "there is no such partition");
}

}  // namespace klab
