#include "runners/dialog/topic_look.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/client/client_for_tests.hpp"
#include "runners/client/sample_writer.hpp"

namespace klab {
namespace {

struct TopicLookTest : testing::Test {
  TopicLooked look() { return look_at_topic(broker_for_tests(), cluster, topic); }

  Cluster cluster{broker_for_tests()};
  const std::string topic = fresh_name("look");
};

TEST_F(TopicLookTest, TellsWhatATopicsLogsHold) {
  cluster.create_topic(topic, 3);
  const TopicLooked empty = look();
  EXPECT_TRUE(empty.exists());
  EXPECT_EQ(empty.topic, topic);
  EXPECT_EQ(empty.id.size(), 32u);
  EXPECT_EQ(empty.bytes, 0u);
  EXPECT_EQ(empty.partitions, (std::vector<LogBounds>{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}));
  ProducerForTests producer;
  producer.send(topic, 1, std::nullopt, std::string(5000, 'x'));
  producer.flush();
  const TopicLooked full = look();
  EXPECT_EQ(full.id, empty.id);
  EXPECT_GT(full.bytes, 5000u);
  EXPECT_LT(full.bytes, 5200u);
  EXPECT_EQ(full.partitions.at(1), (LogBounds{1, 0, 1}));
}

TEST_F(TopicLookTest, TellsATopicFromItsNamesake) {
  cluster.create_topic(topic, 1);
  const std::string id = look().id;
  cluster.delete_topic(topic);
  ASSERT_TRUE(eventually([&] { return !look().exists(); }, std::chrono::seconds(30)));
  cluster.create_topic(topic, 1);
  EXPECT_NE(look().id, id);
}

TEST_F(TopicLookTest, FindsNothingWhereThereIsNoTopicAndMakesNone) {
  EXPECT_FALSE(look().exists());
  EXPECT_FALSE(look().exists());
  EXPECT_TRUE(look().partitions.empty());
}

TEST_F(TopicLookTest, IsTheGradersErrorWithoutABroker) {
  EXPECT_THROW(look_at_topic("127.0.0.1:1", cluster, topic), HarnessError);
}

}  // namespace
}  // namespace klab
