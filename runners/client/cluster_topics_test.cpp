#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/client/client_for_tests.hpp"
#include "runners/client/cluster.hpp"
#include "runners/client/sample_writer.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct ClusterTopicsTest : testing::Test {
  /// Brokers hear of a change after its answer.
  bool is_soon(const std::string& setting, const std::string& value) {
    return eventually([&] { return cluster.topic_settings(topic).at(setting) == value; }, 30s);
  }

  std::string error_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const HarnessError& error) {
      return error.what();
    }
    return "no error";
  }

  const std::string topic = fresh_name("topic");
  Cluster cluster{broker_for_tests()};
};

TEST_F(ClusterTopicsTest, CreatesATopicWithSettings) {
  cluster.create_topic(topic, 1, {{"cleanup.policy", "compact"}, {"segment.bytes", "1048576"}});
  const KafkaSettings settings = cluster.topic_settings(topic);
  EXPECT_EQ(settings.at("cleanup.policy"), "compact");
  EXPECT_EQ(settings.at("segment.bytes"), "1048576");
  EXPECT_EQ(settings.at("retention.ms"), "604800000") << "Kafka's default";
}

TEST_F(ClusterTopicsTest, DoesNotTakeASettingThatKafkaDoesNotKnow) {
  EXPECT_EQ(error_of([&] {
              cluster.create_topic(topic, 1, {{"cleanup.polcy", "compact"}});
            }),
            "the broker did not create topic " + topic + ": Broker: Configuration is invalid");
}

TEST_F(ClusterTopicsTest, ReplacesAllSettingsOfATopic) {
  cluster.create_topic(topic, 1, {{"cleanup.policy", "compact"}, {"segment.bytes", "1048576"}});
  cluster.alter_topic(topic, {{"segment.bytes", "2097152"}});
  EXPECT_TRUE(is_soon("segment.bytes", "2097152"));
  EXPECT_TRUE(is_soon("cleanup.policy", "delete"));
  EXPECT_THROW(cluster.alter_topic(topic, {{"segment.bytes", "many"}}), HarnessError);
}

TEST_F(ClusterTopicsTest, TellsSettingsOfABroker) {
  EXPECT_EQ(cluster.broker_settings(1).at("auto.create.topics.enable"), "false");
  EXPECT_THROW(cluster.topic_settings(topic), HarnessError);
}

TEST_F(ClusterTopicsTest, AddsPartitionsThatCanBeUsedAtOnce) {
  cluster.create_topic(topic, 1);
  cluster.add_partitions(topic, 3);
  EXPECT_EQ(cluster.log_bounds(topic, 3).size(), 3u);
  EXPECT_THROW(cluster.add_partitions(topic, 2), HarnessError);
}

TEST_F(ClusterTopicsTest, TellsTheLogsOfPartitionsThatSomebodyElseAdded) {
  cluster.create_topic(topic, 1);
  ASSERT_TRUE(cluster.served_log_bounds(topic, 1));
  Cluster(broker_for_tests()).add_partitions(topic, 3);
  EXPECT_TRUE(eventually([&] { return cluster.served_log_bounds(topic, 3).has_value(); }, 15s));
}

TEST_F(ClusterTopicsTest, DeletesRecordsBeforeAnOffset) {
  cluster.create_topic(topic, 1);
  write_records(broker_for_tests(), topic, {"a", "b", "c"});
  cluster.delete_records(topic, 0, 2);
  EXPECT_EQ(cluster.log_bounds(topic, 1).at(0).first, 2);
  EXPECT_EQ(cluster.log_bounds(topic, 1).at(0).end, 3);
  EXPECT_THROW(cluster.delete_records(topic, 0, 4), HarnessError);
}

TEST_F(ClusterTopicsTest, TellsWhoHasAPartition) {
  cluster.create_topic(topic, ReplicaAssignment{{1}, {1}});
  EXPECT_EQ(cluster.brokers(), std::vector<int>{1});
  for (const int partition : {0, 1}) {
    EXPECT_EQ(cluster.leader_of(topic, partition), 1);
    EXPECT_EQ(cluster.in_sync_replicas(topic, partition), std::vector<int>{1});
  }
  EXPECT_THROW(cluster.replicas_of(topic, 2), HarnessError);
  EXPECT_THROW(cluster.replicas_of(fresh_name("none"), 0), HarnessError);
}

TEST_F(ClusterTopicsTest, DoesNotCreateATopicOnABrokerThatIsNotThere) {
  EXPECT_THROW(cluster.create_topic(topic, ReplicaAssignment{{1, 7}}), HarnessError);
}

}  // namespace
}  // namespace klab
