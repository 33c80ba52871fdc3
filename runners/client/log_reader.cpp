#include "runners/client/log_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "checks/errors.hpp"
#include "runners/client/admin_request.hpp"
#include "runners/client/cluster.hpp"
#include "runners/client/rdkafka.hpp"
#include "runners/fair_watch.hpp"
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
  using Take = std::function<void(LoggedRecord)>;

  Reader(const std::string& bootstrap, const std::string& topic, Isolation isolation, Take take)
      : topic_(topic),
        take_(std::move(take)),
        consumer_(make_client(RD_KAFKA_CONSUMER, bootstrap,
                              {{"group.id", "klab-reader"},
                               {"enable.auto.commit", "false"},
                               {"enable.partition.eof", "true"},
                               {"isolation.level", std::string(name_of(isolation))},
                               {"auto.offset.reset", "error"},
                               // Where its queue is full librdkafka 2.0 fetches no more for a second.
                               {"queued.min.messages", "10000000"},
                               {"queued.max.messages.kbytes", "1000000"},
                               {"check.crcs", "true"}})),
        queue_(rd_kafka_queue_get_consumer(consumer_.get())) {
    rd_kafka_poll_set_consumer(consumer_.get());
  }

  /// Of each partition the bounds it had when reading began.
  const std::vector<DrainedPartition>& read(int partitions, Clock::duration within) {
    assign_all(partitions);
    FairWatch watch;
    while (!open_.empty()) {
      throw_if_interrupted();
      poll();
      if (watch.passed() > within)
        throw HarnessError(fmt::format("topic {} was not read to its end in time: {} partitions are left",
                                       topic_, open_.size()));
    }
    return bounds_;
  }

  /// Partitions that were given up, and why.
  const std::map<int, std::string>& unreadable() const { return unreadable_; }

 private:
  void assign_all(int partitions) {
    const PartitionList list(rd_kafka_topic_partition_list_new(partitions));
    for (int partition = 0; partition < partitions; ++partition) {
      const DrainedPartition& bounds = bounds_.emplace_back(bounds_of(partition));
      if (bounds.first == bounds.end) continue;
      rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), partition)->offset = bounds.first;
      open_.emplace(partition, bounds.end);
    }
    if (rd_kafka_assign(consumer_.get(), list.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw HarnessError(fmt::format("cannot read topic {}", topic_));
  }

  void poll() {
    std::array<rd_kafka_message_t*, 1000> raw;
    const ssize_t count = rd_kafka_consume_batch_queue(queue_.get(), 100, raw.data(), raw.size());
    std::vector<Message> messages(raw.begin(), raw.begin() + std::max<ssize_t>(count, 0));
    for (const Message& message : messages) hear(*message);
  }

  void hear(const rd_kafka_message_t& message) {
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR)
      take(message);
    else if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
      open_.erase(message.partition);
    else if (is_of_the_data(message.err) && open_.erase(message.partition) > 0)
      unreadable_.emplace(message.partition, rd_kafka_message_errstr(&message));
    else if (message.err != RD_KAFKA_RESP_ERR__TRANSPORT)
      throw HarnessError(fmt::format("cannot read topic {}: {}", topic_, rd_kafka_message_errstr(&message)));
  }

  /// A program can have stored what no reader can make sense of.
  static bool is_of_the_data(rd_kafka_resp_err_t error) {
    return error == RD_KAFKA_RESP_ERR__BAD_COMPRESSION || error == RD_KAFKA_RESP_ERR__BAD_MSG;
  }

  /// At read_committed a partition ends where its first open transaction begins.
  DrainedPartition bounds_of(int partition) {
    DrainedPartition bounds{.topic = topic_, .partition = partition};
    const auto error = rdkafka::patiently([&](int ms) {
      return rd_kafka_query_watermark_offsets(consumer_.get(), topic_.c_str(), partition, &bounds.first,
                                              &bounds.end, ms);
    });
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw HarnessError(fmt::format("cannot find the end of topic {}: {}", topic_, rd_kafka_err2str(error)));
    return bounds;
  }

  void take(const rd_kafka_message_t& message) {
    const auto open = open_.find(message.partition);
    if (open == open_.end()) return;
    const std::int64_t end = open->second;
    if (message.offset + 1 >= end) open_.erase(open);
    if (message.offset >= end) return;
    take_({.topic = topic_,
           .partition = message.partition,
           .offset = message.offset,
           .timestamp_ms = rd_kafka_message_timestamp(&message, nullptr),
           .key = bytes(message.key, message.key_len),
           .value = bytes(message.payload, message.len)});
  }

  std::string topic_;
  Take take_;
  std::vector<DrainedPartition> bounds_;
  std::map<int, std::int64_t> open_;  // partitions still to be read, and their ends
  std::map<int, std::string> unreadable_ = {};
  Handle consumer_;
  Queue queue_;
};

// The end of a transaction is answered when its coordinator has noted it; the markers are written afterwards.
constexpr auto kForMarkers = 3s;

/// Whether no transaction of the topic is open, or soon none is.
bool wait_until_decided(const std::string& bootstrap, const std::string& topic, int partitions) {
  Cluster everything(bootstrap, Isolation::read_uncommitted), decided(bootstrap, Isolation::read_committed);
  const auto is_decided = [&] {
    return everything.log_bounds(topic, partitions) == decided.log_bounds(topic, partitions);
  };
  return eventually(is_decided, kForMarkers);
}

/// One partition after the other, each in the order of its offsets.
std::vector<LoggedRecord> joined(std::vector<std::vector<LoggedRecord>> by_partition) {
  std::size_t count = 0;
  for (const auto& records : by_partition) count += records.size();
  std::vector<LoggedRecord> all;
  all.reserve(count);
  for (auto& records : by_partition) {
    std::ranges::move(records, std::back_inserter(all));
    records = {};
  }
  return all;
}

/// Whether there are offsets without a record: where markers of transactions are, or compaction was.
bool has_gaps(const std::vector<LoggedRecord>& records, const std::vector<DrainedPartition>& bounds) {
  std::int64_t offsets = 0;
  for (const DrainedPartition& partition : bounds) offsets += partition.end - partition.first;
  return std::ssize(records) != offsets;
}

/// A record that a reader of committed ones is not given has been aborted, or is yet to be decided on.
void tell_states(std::vector<LoggedRecord>& records, const std::string& bootstrap, const std::string& topic,
                 int partitions, Clock::duration within) {
  std::set<std::pair<int, std::int64_t>> visible;
  Reader reader(bootstrap, topic, Isolation::read_committed,
                [&](const LoggedRecord& record) { visible.emplace(record.partition, record.offset); });
  const auto& bounds = reader.read(partitions, within);
  for (LoggedRecord& record : records)
    if (!visible.contains({record.partition, record.offset}) &&
        !reader.unreadable().contains(record.partition))
      record.state = record.offset < bounds.at(static_cast<std::size_t>(record.partition)).end
                         ? RecordState::aborted
                         : RecordState::open;
}

}  // namespace

std::vector<std::string> read_log(const std::string& bootstrap, const std::string& topic, int partitions,
                                  Recorder& recorder, Clock::duration within) {
  const bool is_decided = wait_until_decided(bootstrap, topic, partitions);
  std::vector<std::vector<LoggedRecord>> by_partition(static_cast<std::size_t>(partitions));
  Reader reader(bootstrap, topic, Isolation::read_uncommitted, [&](LoggedRecord record) {
    by_partition[static_cast<std::size_t>(record.partition)].push_back(std::move(record));
  });
  const auto& bounds = reader.read(partitions, within);
  std::vector<LoggedRecord> records = joined(std::move(by_partition));
  if (!is_decided || has_gaps(records, bounds)) tell_states(records, bootstrap, topic, partitions, within);
  recorder.record_all(std::move(records));
  for (const DrainedPartition& partition : bounds)
    if (!reader.unreadable().contains(partition.partition)) recorder.record(partition);
  std::vector<std::string> notes;
  for (const auto& [partition, why] : reader.unreadable())
    notes.push_back(fmt::format("partition {} of topic {} cannot be read: {}", partition, topic, why));
  return notes;
}

void read_committed(const std::string& bootstrap, const std::string& topic, int partitions,
                    const std::function<void(const LoggedRecord&)>& take, Clock::duration within) {
  Reader(bootstrap, topic, Isolation::read_committed, take).read(partitions, within);
}

}  // namespace klab
