#include "runners/client/log_reader.hpp"

#include <fmt/format.h>

#include <map>

#include "checks/errors.hpp"
#include "runners/client/rdkafka.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using namespace rdkafka;

std::optional<std::string> bytes(const void* data, std::size_t size) {
  if (data == nullptr) return std::nullopt;
  return std::string(static_cast<const char*>(data), size);
}

class Reader {
 public:
  Reader(const std::string& bootstrap, const std::string& topic, Recorder& recorder)
      : topic_(topic),
        recorder_(recorder),
        consumer_(make_client(RD_KAFKA_CONSUMER, bootstrap,
                              {{"group.id", "klab-reader"},
                               {"enable.auto.commit", "false"},
                               {"enable.partition.eof", "true"},
                               {"isolation.level", "read_uncommitted"},
                               {"auto.offset.reset", "error"},
                               {"check.crcs", "true"}})) {}

  void assign_all(int partitions) {
    const PartitionList list(rd_kafka_topic_partition_list_new(partitions));
    for (int partition = 0; partition < partitions; ++partition) {
      const DrainedPartition bounds = bounds_of(partition);
      if (bounds.first == bounds.end)
        recorder_.record(bounds);
      else
        rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), partition)->offset = bounds.first;
      if (bounds.first != bounds.end) open_.emplace(partition, bounds);
    }
    if (rd_kafka_assign(consumer_.get(), list.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw HarnessError(fmt::format("cannot read topic {}", topic_));
  }

  bool is_done() const { return open_.empty(); }
  std::size_t open_partitions() const { return open_.size(); }

  void poll() {
    const Message message(rd_kafka_consumer_poll(consumer_.get(), 100));
    if (!message) return;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
      record(*message);
    else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
      close(message->partition);
    else if (message->err != RD_KAFKA_RESP_ERR__TRANSPORT)
      throw HarnessError(fmt::format("cannot read topic {}: {}", topic_, rd_kafka_message_errstr(message.get())));
  }

 private:
  DrainedPartition bounds_of(int partition) {
    DrainedPartition bounds{.topic = topic_, .partition = partition};
    const auto error =
        rd_kafka_query_watermark_offsets(consumer_.get(), topic_.c_str(), partition, &bounds.first, &bounds.end, 15000);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw HarnessError(fmt::format("cannot find the end of topic {}: {}", topic_, rd_kafka_err2str(error)));
    return bounds;
  }

  void record(const rd_kafka_message_t& message) {
    const auto open = open_.find(message.partition);
    if (open == open_.end()) return;
    if (message.offset >= open->second.end) return close(message.partition);
    recorder_.record(LoggedRecord{.topic = topic_,
                                  .partition = message.partition,
                                  .offset = message.offset,
                                  .timestamp_ms = rd_kafka_message_timestamp(&message, nullptr),
                                  .key = bytes(message.key, message.key_len),
                                  .value = bytes(message.payload, message.len)});
    if (message.offset + 1 == open->second.end) close(message.partition);
  }

  void close(int partition) {
    const auto open = open_.find(partition);
    if (open == open_.end()) return;
    recorder_.record(open->second);
    open_.erase(open);
  }

  std::string topic_;
  Recorder& recorder_;
  std::map<int, DrainedPartition> open_;
  Handle consumer_;
};

}  // namespace

void read_log(const std::string& bootstrap, const std::string& topic, int partitions, Recorder& recorder,
              Clock::duration within) {
  Reader reader(bootstrap, topic, recorder);
  reader.assign_all(partitions);
  const auto deadline = Clock::now() + within;
  while (!reader.is_done()) {
    throw_if_interrupted();
    reader.poll();
    if (Clock::now() > deadline)
      throw HarnessError(fmt::format("topic {} was not read to its end in time: {} partitions are left", topic,
                                     reader.open_partitions()));
  }
}

}  // namespace klab
