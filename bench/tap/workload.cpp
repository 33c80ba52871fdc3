#include "bench/tap/workload.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "checks/errors.hpp"
#include "runners/client/rdkafka.hpp"
#include "runners/eventually.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 60s;

/// The broker advertises its own port; a proxy's is put in its place. librdkafka wants 0 for a connection
/// that is under way.
int connect_elsewhere(int socket, const sockaddr* advertised, int size, const char*, void* opaque) {
  sockaddr_storage address{};
  std::copy_n(reinterpret_cast<const char*>(advertised), size, reinterpret_cast<char*>(&address));
  if (const int port = static_cast<const Workload*>(opaque)->port_instead; port != 0)
    reinterpret_cast<sockaddr_in*>(&address)->sin_port = htons(static_cast<std::uint16_t>(port));
  const int status = connect(socket, reinterpret_cast<sockaddr*>(&address), static_cast<socklen_t>(size));
  return status == 0 || errno == EINPROGRESS ? 0 : errno;
}

void set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  std::array<char, 256> reason{};
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason.data(), reason.size()) != RD_KAFKA_CONF_OK)
    throw HarnessError(fmt::format("librdkafka: {}", reason.data()));
}

void note_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  if (message->_private != nullptr) *static_cast<bool*>(message->_private) = true;
}

rdkafka::Handle make_client(rd_kafka_type_t type, const Workload& workload, rdkafka::Settings settings,
                            bool notes_deliveries = false) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  set(conf, "bootstrap.servers", workload.bootstrap);
  set(conf, "broker.address.family", "v4");
  for (const auto& [name, value] : settings) set(conf, name, value);
  rd_kafka_conf_set_opaque(conf, const_cast<Workload*>(&workload));
  rd_kafka_conf_set_connect_cb(conf, connect_elsewhere);
  rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
  if (notes_deliveries) rd_kafka_conf_set_dr_msg_cb(conf, note_delivery);
  std::array<char, 256> reason{};
  rdkafka::Handle client(rd_kafka_new(type, conf, reason.data(), reason.size()));
  if (!client) throw HarnessError(fmt::format("librdkafka: {}", reason.data()));
  return client;
}

/// About as compressible as the records of a lab.
std::vector<std::string> some_records(std::size_t size) {
  std::vector<std::string> records;
  for (unsigned i = 0; i < 1000; ++i) {
    std::string record;
    for (unsigned field = i * 2654435761u; record.size() < size; field = field * 1664525u + 1013904223u)
      record += fmt::format(R"("sensor-{}": {}, )", field >> 24, field);
    records.push_back(record.substr(0, size));
  }
  return records;
}

void send(rd_kafka_t* producer, const std::string& topic, const std::string& record,
          bool* is_delivered = nullptr) {
  while (true) {
    const auto error = rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(0),
                                         RD_KAFKA_V_VALUE(const_cast<char*>(record.data()), record.size()),
                                         RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                                         RD_KAFKA_V_OPAQUE(is_delivered), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) throw HarnessError(rd_kafka_err2str(error));
    rd_kafka_poll(producer, 10);
  }
}

void wait_until_sent(rd_kafka_t* producer) {
  if (rd_kafka_flush(producer, rdkafka::milliseconds(kPatience)) != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw HarnessError("the broker does not acknowledge");
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

double produce(const Workload& workload, const std::string& topic) {
  const std::vector<std::string> records = some_records(workload.record_size);
  const rdkafka::Handle producer =
      make_client(RD_KAFKA_PRODUCER, workload, {{"compression.codec", workload.codec}});
  send(producer.get(), topic, records[0]);  // connected, and knows the topic
  wait_until_sent(producer.get());
  const auto begin = Clock::now();
  for (std::size_t i = 1; i < workload.records; ++i) send(producer.get(), topic, records[i % records.size()]);
  wait_until_sent(producer.get());
  return seconds_since(begin);
}

double fetch(const Workload& workload, const std::string& topic) {
  const rdkafka::Handle consumer =
      make_client(RD_KAFKA_CONSUMER, workload,
                  {{"group.id", "bench"}, {"enable.auto.commit", "false"}, {"check.crcs", "false"}});
  rd_kafka_poll_set_consumer(consumer.get());
  const rdkafka::PartitionList partitions(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(partitions.get(), topic.c_str(), 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
  const rdkafka::Queue queue(rd_kafka_queue_get_consumer(consumer.get()));
  const auto begin = Clock::now();
  rd_kafka_assign(consumer.get(), partitions.get());
  std::array<rd_kafka_message_t*, 1000> messages;
  for (std::size_t fetched = 0; fetched < workload.records;) {
    const ssize_t count = rd_kafka_consume_batch_queue(queue.get(), 100, messages.data(), messages.size());
    for (ssize_t i = 0; i < count; ++i) {
      if (messages[static_cast<std::size_t>(i)]->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++fetched;
      rd_kafka_message_destroy(messages[static_cast<std::size_t>(i)]);
    }
    if (Clock::now() - begin > kPatience) throw HarnessError("not all records come");
  }
  return seconds_since(begin);
}

std::vector<double> acknowledge_one_by_one(const Workload& workload, const std::string& topic) {
  const std::string record = some_records(workload.record_size)[0];
  const rdkafka::Handle producer = make_client(RD_KAFKA_PRODUCER, workload, {{"linger.ms", "0"}}, true);
  std::vector<double> milliseconds;
  for (std::size_t i = 0; i <= workload.records; ++i) {
    const auto begin = Clock::now();
    bool is_delivered = false;
    send(producer.get(), topic, record, &is_delivered);
    while (!is_delivered && Clock::now() - begin < kPatience) rd_kafka_poll(producer.get(), 1000);
    if (i > 0) milliseconds.push_back(1000 * seconds_since(begin));  // the first one connects
  }
  std::ranges::sort(milliseconds);
  return milliseconds;
}

}  // namespace klab
