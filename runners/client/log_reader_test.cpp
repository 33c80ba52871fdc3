#include "runners/client/log_reader.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/client/client_for_tests.hpp"
#include "runners/client/cluster.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct LogReaderTest : testing::Test {
  void make_topic(int partitions) { Cluster(broker_for_tests()).create_topic(topic, partitions); }

  /// What the reader sees, in the log's order.
  History read(int partitions) {
    Recorder recorder(History{.topics = {{.name = topic, .partitions = partitions}}});
    read_log(broker_for_tests(), topic, partitions, recorder, 60s);
    History history = recorder.history();
    EXPECT_TRUE(is_drained(history, topic));
    return history;
  }

  static std::vector<std::string> values_of(const History& history) {
    std::vector<std::string> values;
    for (const LoggedRecord& record : history.logged) values.push_back(record.value.value_or("null"));
    return values;
  }

  const std::string topic = fresh_name("log");
};

TEST_F(LogReaderTest, RecordsKeysAndValuesOfEveryPartition) {
  make_topic(2);
  ProducerForTests producer;
  producer.send(topic, 0, "7", "first");
  producer.send(topic, 0, "", "");
  producer.send(topic, 1, std::nullopt, std::nullopt);
  producer.send(topic, 1, std::string("\0\xFF", 2), std::string("a\0b", 3));
  producer.flush();
  const History history = read(2);
  const auto log = log_of(history, topic);
  ASSERT_EQ(log.size(), 4u);
  EXPECT_EQ(log[0]->key, "7");
  EXPECT_EQ(log[0]->value, "first");
  EXPECT_EQ(log[1]->key, "");
  EXPECT_EQ(log[1]->value, "");
  EXPECT_EQ(log[2]->key, std::nullopt);
  EXPECT_EQ(log[2]->value, std::nullopt);
  EXPECT_EQ(log[3]->key, std::string("\0\xFF", 2));
  EXPECT_EQ(log[3]->value, std::string("a\0b", 3));
  for (std::size_t i = 0; i < log.size(); ++i) {
    EXPECT_EQ(log[i]->partition, i < 2 ? 0 : 1);
    EXPECT_EQ(log[i]->offset, static_cast<std::int64_t>(i % 2));
    EXPECT_GT(log[i]->timestamp_ms, 1'700'000'000'000) << "milliseconds";
  }
}

TEST_F(LogReaderTest, SaysWhereEachPartitionBeganAndEnded) {
  make_topic(3);
  ProducerForTests producer;
  for (int i = 0; i < 5; ++i) producer.send(topic, 1, std::nullopt, "x");
  producer.flush();
  const History history = read(3);
  ASSERT_EQ(history.drained.size(), 3u);
  for (const DrainedPartition& drained : history.drained) {
    EXPECT_EQ(drained.first, 0);
    EXPECT_EQ(drained.end, drained.partition == 1 ? 5 : 0) << "of partition " << drained.partition;
  }
}

TEST_F(LogReaderTest, ReadsATopicThatIsEmpty) {
  make_topic(3);
  EXPECT_TRUE(read(3).logged.empty());
}

TEST_F(LogReaderTest, ReadsManyRecords) {
  make_topic(3);
  ProducerForTests producer;
  for (int i = 0; i < 30'000; ++i) producer.send(topic, i % 3, std::nullopt, std::string(100, 'x'));
  producer.flush();
  EXPECT_EQ(read(3).logged.size(), 30'000u);
}

TEST_F(LogReaderTest, ReachesTheEndBehindATransactionsMarker) {
  make_topic(1);
  ProducerForTests producer(fresh_name("transaction"));
  producer.begin();
  producer.send(topic, 0, std::nullopt, "a");
  producer.send(topic, 0, std::nullopt, "b");
  producer.commit();
  const History history = read(1);
  EXPECT_EQ(values_of(history), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(history.drained.at(0).end, 3);
}

TEST_F(LogReaderTest, SeesRecordsThatWereAbortedOrAreStillOpen) {
  make_topic(1);
  ProducerForTests producer(fresh_name("transaction"));
  producer.begin();
  producer.send(topic, 0, std::nullopt, "aborted");
  producer.flush();
  producer.abort();
  producer.begin();
  producer.send(topic, 0, std::nullopt, "open");
  producer.flush();
  const History history = read(1);
  EXPECT_EQ(values_of(history), (std::vector<std::string>{"aborted", "open"}));
  EXPECT_EQ(history.logged.at(0).state, RecordState::aborted);
  EXPECT_EQ(history.logged.at(1).state, RecordState::open);
  EXPECT_TRUE(log_of(history, topic).empty());
  producer.commit();
  EXPECT_EQ(read(1).logged.at(1).state, RecordState::committed);
}

TEST_F(LogReaderTest, LeavesNoGroupAndNoCommitBehind) {
  make_topic(1);
  ProducerForTests producer;
  producer.send(topic, 0, std::nullopt, "x");
  producer.flush();
  read(1);
  EXPECT_TRUE(Cluster(broker_for_tests()).committed(topic).empty());
}

// 200 MB of nothing, which zstd makes a few kilobytes of: more than a client has room for.
TEST_F(LogReaderTest, GivesUpAPartitionThatNobodyCanRead) {
  make_topic(2);
  ProducerForTests producer(broker_for_tests(),
                            {{"compression.type", "zstd"}, {"message.max.bytes", "250000000"}});
  producer.send(topic, 0, std::nullopt, std::string(200'000'000, '\0'));
  producer.send(topic, 1, std::nullopt, "x");
  producer.flush();
  Recorder recorder(History{.topics = {{.name = topic, .partitions = 2}}});
  const auto notes = read_log(broker_for_tests(), topic, 2, recorder, 60s);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_TRUE(notes[0].starts_with("partition 0 of topic " + topic + " cannot be read: ")) << notes[0];
  const History history = recorder.history();
  EXPECT_EQ(values_of(history), std::vector<std::string>{"x"});
  EXPECT_FALSE(is_drained(history, topic));
}

TEST_F(LogReaderTest, IsTheGradersErrorWhenThereIsNoSuchTopic) {
  Recorder recorder(History{});
  EXPECT_THROW(read_log(broker_for_tests(), topic, 1, recorder, 60s), HarnessError);
}

TEST_F(LogReaderTest, IsTheGradersErrorWhenThereIsNoTime) {
  make_topic(1);
  ProducerForTests producer;
  producer.send(topic, 0, std::nullopt, "x");
  producer.flush();
  Recorder recorder(History{});
  EXPECT_THROW(read_log(broker_for_tests(), topic, 1, recorder, -1s), HarnessError);
}

}  // namespace
}  // namespace klab
