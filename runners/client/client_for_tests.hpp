#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runners/client/broker_for_tests.hpp"
#include "runners/client/rdkafka.hpp"
#include "runners/eventually.hpp"

namespace klab {

/// A producer as a student writes one; transactional when it has an id.
class ProducerForTests {
 public:
  explicit ProducerForTests(const std::string& transactional_id = {})
      : client_(transactional_id.empty() ? rdkafka::make_client(RD_KAFKA_PRODUCER, broker_for_tests(), {})
                                         : rdkafka::make_client(RD_KAFKA_PRODUCER, broker_for_tests(),
                                                                {{"transactional.id", transactional_id}})) {
    if (transactional_id.empty()) return;
    init_transactions();
  }

  /// With a broker of the test's own.
  ProducerForTests(const std::string& bootstrap, rdkafka::Settings settings)
      : client_(rdkafka::make_client(RD_KAFKA_PRODUCER, bootstrap, settings)) {}

  /// At 0 ms the timestamp is the client's own.
  void send(const std::string& topic, int partition, const std::optional<std::string>& key,
            const std::optional<std::string>& value, std::int64_t timestamp_ms = 0) {
    const auto [key_data, key_size] = bytes(key);
    const auto [data, size] = bytes(value);
    EXPECT_EQ(rd_kafka_producev(client_.get(), RD_KAFKA_V_TOPIC(topic.c_str()),
                                RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_KEY(key_data, key_size),
                                RD_KAFKA_V_VALUE(data, size), RD_KAFKA_V_TIMESTAMP(timestamp_ms),
                                RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END),
              RD_KAFKA_RESP_ERR_NO_ERROR);
  }
  void flush() { EXPECT_EQ(rd_kafka_flush(client_.get(), 30000), RD_KAFKA_RESP_ERR_NO_ERROR); }

  void init_transactions() { EXPECT_FALSE(rdkafka::Error(rd_kafka_init_transactions(client_.get(), 30000))); }
  void begin() { EXPECT_FALSE(rdkafka::Error(rd_kafka_begin_transaction(client_.get()))); }
  void commit() { EXPECT_FALSE(rdkafka::Error(rd_kafka_commit_transaction(client_.get(), 30000))); }
  void abort() { EXPECT_FALSE(rdkafka::Error(rd_kafka_abort_transaction(client_.get(), 30000))); }

 private:
  static std::pair<char*, std::size_t> bytes(const std::optional<std::string>& text) {
    if (!text) return {nullptr, 0};
    return {const_cast<char*>(text->data()), text->size()};
  }

  rdkafka::Handle client_;
};

/// A member of a consumer group that reads from the first record on.
class ConsumerForTests {
 public:
  ConsumerForTests(const std::string& topic, const std::string& group)
      : ConsumerForTests(
            broker_for_tests(), topic,
            {{"group.id", group}, {"auto.offset.reset", "earliest"}, {"enable.auto.commit", "false"}}) {}

  /// With a broker of the test's own.
  ConsumerForTests(const std::string& bootstrap, const std::string& topic, rdkafka::Settings settings)
      : client_(rdkafka::make_client(RD_KAFKA_CONSUMER, bootstrap, settings)) {
    const rdkafka::PartitionList topics(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    EXPECT_EQ(rd_kafka_subscribe(client_.get(), topics.get()), RD_KAFKA_RESP_ERR_NO_ERROR);
  }

  /// Reads as many records and returns their values; fewer when they do not come.
  std::vector<std::string> read(std::size_t count) {
    std::vector<std::string> values;
    const auto have_all = [&] {
      const rdkafka::Message message(rd_kafka_consumer_poll(client_.get(), 50));
      if (message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        values.emplace_back(static_cast<const char*>(message->payload), message->len);
      return values.size() == count;
    };
    EXPECT_TRUE(eventually(have_all, std::chrono::seconds(30), std::chrono::milliseconds(0)));
    return values;
  }

  void commit() { EXPECT_EQ(rd_kafka_commit(client_.get(), nullptr, 0), RD_KAFKA_RESP_ERR_NO_ERROR); }
  void close() { EXPECT_EQ(rd_kafka_consumer_close(client_.get()), RD_KAFKA_RESP_ERR_NO_ERROR); }

 private:
  rdkafka::Handle client_;
};

}  // namespace klab
