#include "runners/client/cluster.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <functional>
#include <random>

#include "runners/client/admin_request.hpp"
#include "runners/fair_watch.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using namespace rdkafka;

bool has_metadata(rd_kafka_t* client) {
  const rd_kafka_metadata_t* metadata = nullptr;
  if (rd_kafka_metadata(client, 0, nullptr, &metadata, 500) != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
  const bool has_broker = metadata->broker_cnt > 0;
  rd_kafka_metadata_destroy(metadata);
  return has_broker;
}

/// Waits for a connection and for the topic's leaders.
void fetch_metadata(rd_kafka_t* client, const std::string& topic) {
  const std::unique_ptr<rd_kafka_topic_t, Deleter<rd_kafka_topic_destroy>> handle(
      rd_kafka_topic_new(client, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  check("describe topic " + topic,
        patiently([&](int ms) { return rd_kafka_metadata(client, 0, handle.get(), &metadata, ms); }));
  rd_kafka_metadata_destroy(metadata);
}

bool has_group_coordinator(rd_kafka_t* consumer) {
  const PartitionList none(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(none.get(), "klab-readiness", 0);
  return rd_kafka_committed(consumer, none.get(), 500) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

/// Asks with an id that the broker has never seen. It needs a new block of producer ids for that, which it
/// fetches from the controller while it answers COORDINATOR_LOAD_IN_PROGRESS (RPCProducerIdManager);
/// librdkafka asks again only after half a second, a new client does at once.
bool has_transactions(const std::string& bootstrap) {
  const std::string id = fmt::format("klab-readiness-{}", std::random_device{}());
  const Handle producer = make_client(RD_KAFKA_PRODUCER, bootstrap, {{"transactional.id", id}});
  return has_metadata(producer.get()) && Error(rd_kafka_init_transactions(producer.get(), 60)) == nullptr;
}

}  // namespace

Cluster::Cluster(const std::string& bootstrap, Isolation isolation)
    : bootstrap_(bootstrap),
      client_(make_client(RD_KAFKA_PRODUCER, bootstrap,
                          {{"isolation.level", std::string(name_of(isolation))}})) {}

void Cluster::wait_until_led(const std::string& topic, int partitions) {
  // Metadata names a leader a moment before that broker serves the partition, so each partition itself is
  // asked.
  auto error = RD_KAFKA_RESP_ERR_NO_ERROR;
  const auto answers = [&] {
    std::vector<LogBounds> all;
    error = find_bounds(topic, partitions, all);
    // What the client was told while the topic came into being it believes until it asks again.
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) fetch_metadata(client_.get(), topic);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR;
  };
  if (!eventually(answers, kPatience))
    throw broker_error("serve topic " + topic,
                       fmt::format("waited {}, {}", kPatience, rd_kafka_err2str(error)));
}

std::vector<LogBounds> Cluster::log_bounds(const std::string& topic, int partitions) {
  std::vector<LogBounds> all;
  check("tell the log's end", find_bounds(topic, partitions, all));
  return all;
}

std::optional<std::vector<LogBounds>> Cluster::served_log_bounds(const std::string& topic, int partitions) {
  std::vector<LogBounds> all;
  if (find_bounds(topic, partitions, all) == RD_KAFKA_RESP_ERR_NO_ERROR) return all;
  fetch_metadata(client_.get(), topic);  // a program may have added partitions
  return std::nullopt;
}

rd_kafka_resp_err_t Cluster::find_bounds(const std::string& topic, int partitions,
                                         std::vector<LogBounds>& all) {
  for (int partition = 0; partition < partitions; ++partition) {
    LogBounds& bounds = all.emplace_back(LogBounds{.partition = partition});
    const auto error = patiently([&](int ms) {
      return rd_kafka_query_watermark_offsets(client_.get(), topic.c_str(), partition, &bounds.first,
                                              &bounds.end, ms);
    });
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return error;
  }
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

void Cluster::commit(const CommittedOffset& offset) {
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), offset.topic.c_str(), offset.partition)->offset =
      offset.offset;
  std::unique_ptr<rd_kafka_AlterConsumerGroupOffsets_t, Deleter<rd_kafka_AlterConsumerGroupOffsets_destroy>>
      request(rd_kafka_AlterConsumerGroupOffsets_new(offset.group.c_str(), list.get()));
  const AdminOptions how = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS);
  std::array<rd_kafka_AlterConsumerGroupOffsets_t*, 1> requests{request.get()};
  const Event answer = ask(client_.get(), "commit for group " + offset.group, [&](rd_kafka_queue_t* queue) {
    rd_kafka_AlterConsumerGroupOffsets(client_.get(), requests.data(), requests.size(), how.get(), queue);
  });
  std::size_t count = 0;
  const auto* results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
      rd_kafka_event_AlterConsumerGroupOffsets_result(answer.get()), &count);
  for (std::size_t i = 0; i < count; ++i)
    if (const auto* error = rd_kafka_group_result_error(results[i]))
      throw broker_error("commit for group " + offset.group, rd_kafka_error_string(error));
}

std::vector<Cluster::Group> Cluster::groups() {
  const AdminOptions how = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS);
  const Event answer = ask(client_.get(), "list groups", [&](rd_kafka_queue_t* queue) {
    rd_kafka_ListConsumerGroups(client_.get(), how.get(), queue);
  });
  const auto* result = rd_kafka_event_ListConsumerGroups_result(answer.get());
  std::size_t count = 0;
  const auto* listed = rd_kafka_ListConsumerGroups_result_valid(result, &count);
  std::vector<Group> groups;
  for (std::size_t i = 0; i < count; ++i) {
    const auto state = rd_kafka_ConsumerGroupListing_state(listed[i]);
    groups.push_back({.name = rd_kafka_ConsumerGroupListing_group_id(listed[i]),
                      .is_stable = state == RD_KAFKA_CONSUMER_GROUP_STATE_STABLE,
                      .is_empty = state == RD_KAFKA_CONSUMER_GROUP_STATE_EMPTY});
  }
  return groups;
}

std::vector<CommittedOffset> Cluster::committed(const std::string& topic) {
  std::vector<CommittedOffset> all;
  for (const Group& group : groups())
    for (CommittedOffset& one : committed_by(group.name, topic)) all.push_back(std::move(one));
  return all;
}

std::vector<CommittedOffset> Cluster::committed_by(const std::string& group, const std::string& topic) {
  std::unique_ptr<rd_kafka_ListConsumerGroupOffsets_t, Deleter<rd_kafka_ListConsumerGroupOffsets_destroy>>
      request(rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), nullptr));
  const AdminOptions how = admin_options(client_.get(), RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS);
  std::array<rd_kafka_ListConsumerGroupOffsets_t*, 1> requests{request.get()};
  const Event answer =
      ask(client_.get(), "tell what group " + group + " committed", [&](rd_kafka_queue_t* queue) {
        rd_kafka_ListConsumerGroupOffsets(client_.get(), requests.data(), requests.size(), how.get(), queue);
      });
  std::size_t count = 0;
  const auto* results = rd_kafka_ListConsumerGroupOffsets_result_groups(
      rd_kafka_event_ListConsumerGroupOffsets_result(answer.get()), &count);
  std::vector<CommittedOffset> committed;
  for (std::size_t i = 0; i < count; ++i) {
    const auto* partitions = rd_kafka_group_result_partitions(results[i]);
    for (int p = 0; partitions != nullptr && p < partitions->cnt; ++p)
      if (partitions->elems[p].topic == topic && partitions->elems[p].offset >= 0)
        committed.push_back({.group = group,
                             .topic = topic,
                             .partition = partitions->elems[p].partition,
                             .offset = partitions->elems[p].offset});
  }
  return committed;
}

bool wait_until_ready(const std::string& bootstrap, Clock::duration within,
                      const std::function<bool()>& still_alive) {
  FairWatch watch;
  const Handle client = make_client(RD_KAFKA_PRODUCER, bootstrap, {});
  const Handle consumer = make_client(RD_KAFKA_CONSUMER, bootstrap, {{"group.id", "klab-readiness"}});
  bool gone = false;
  const auto each_answers = [&](auto answers) {
    return eventually([&] { return (gone = !still_alive()) || answers(); }, within - watch.passed(), 5ms) &&
           !gone;
  };
  return each_answers([&] { return has_metadata(client.get()); }) &&
         each_answers([&] { return has_group_coordinator(consumer.get()); }) &&
         each_answers([&] { return has_transactions(bootstrap); });
}

void commit_and_read_in_group(const std::string& bootstrap, const std::string& topic,
                              const std::string& group) {
  const Handle producer = make_client(RD_KAFKA_PRODUCER, bootstrap, {{"transactional.id", group}});
  // librdkafka looks for the coordinator and for the topic again only after half a second when it asks while
  // it has no connection yet.
  fetch_metadata(producer.get(), topic);
  check("start transactions", rd_kafka_init_transactions(producer.get(), milliseconds(kPatience)));
  check("begin a transaction", rd_kafka_begin_transaction(producer.get()));
  check("take a record", rd_kafka_producev(producer.get(), RD_KAFKA_V_TOPIC(topic.c_str()),
                                           RD_KAFKA_V_VALUE(const_cast<char*>("klab"), 4), RD_KAFKA_V_END));
  check("commit a transaction", rd_kafka_commit_transaction(producer.get(), milliseconds(kPatience)));

  const Handle consumer =
      make_client(RD_KAFKA_CONSUMER, bootstrap, {{"group.id", group}, {"auto.offset.reset", "earliest"}});
  const PartitionList topics(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  check("accept a subscription", rd_kafka_subscribe(consumer.get(), topics.get()));
  const auto is_read = [&] {
    const Message message(rd_kafka_consumer_poll(consumer.get(), 50));
    return message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
  };
  if (!eventually(is_read, kPatience, 0ms))
    throw broker_error("hand a record to a group", fmt::format("waited {}", kPatience));
  rd_kafka_consumer_close(consumer.get());
}

}  // namespace klab
