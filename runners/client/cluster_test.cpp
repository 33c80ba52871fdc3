#include "runners/client/cluster.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "checks/errors.hpp"
#include "runners/client/client_for_tests.hpp"
#include "runners/client/sample_writer.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using Offsets = std::map<int, std::int64_t>;

struct ClusterTest : testing::Test {
  std::string topic_with(int partitions) {
    const std::string topic = fresh_name("cluster");
    cluster.create_topic(topic, partitions);
    return topic;
  }

  std::optional<Cluster::Group> group(const std::string& name) {
    for (const Cluster::Group& listed : cluster.groups())
      if (listed.name == name) return listed;
    return std::nullopt;
  }

  bool is_soon_stable(const std::string& name, bool stable) {
    const auto is_so = [&] {
      const auto found = group(name);
      return found && found->is_stable == stable;
    };
    return eventually(is_so, 30s);
  }

  Offsets ends_of(const std::string& topic, int partitions) {
    Offsets ends;
    for (const LogBounds& bounds : cluster.log_bounds(topic, partitions)) ends[bounds.partition] = bounds.end;
    return ends;
  }

  Cluster cluster{broker_for_tests()};
};

TEST_F(ClusterTest, CreatesATopicThatCanBeUsedAtOnce) {
  const std::string topic = topic_with(3);
  EXPECT_EQ(ends_of(topic, 3), (Offsets{{0, 0}, {1, 0}, {2, 0}}));
  write_records(broker_for_tests(), topic, {"x"});
}

TEST_F(ClusterTest, ListsTheTopicsThatThereAre) {
  const std::string topic = topic_with(1);
  EXPECT_TRUE(eventually([&] { return cluster.topics().contains(topic); }, 30s));
  EXPECT_FALSE(cluster.topics().contains(topic + "-missing"));
  EXPECT_FALSE(cluster.topics().contains(topic + "-missing")) << "asking creates none";
}

TEST_F(ClusterTest, DoesNotCreateATopicTwice) {
  const std::string topic = topic_with(1);
  try {
    cluster.create_topic(topic, 1);
    FAIL();
  } catch (const HarnessError& error) {
    EXPECT_EQ(error.what(), "the broker did not create topic " + topic + ": Broker: Topic already exists");
  }
}

TEST_F(ClusterTest, DeletesATopic) {
  const std::string topic = topic_with(1);
  cluster.delete_topic(topic);
  const auto is_free_again = [&] {
    try {
      Cluster(broker_for_tests()).create_topic(topic, 2);
      return true;
    } catch (const HarnessError&) {
      return false;
    }
  };
  EXPECT_TRUE(eventually(is_free_again, 30s));
}

TEST_F(ClusterTest, DoesNotDeleteATopicThatIsNotThere) {
  EXPECT_THROW(cluster.delete_topic(fresh_name("none")), HarnessError);
}

TEST_F(ClusterTest, TellsWhereEachPartitionEnds) {
  const std::string topic = topic_with(3);
  ProducerForTests producer;
  for (const int partition : {0, 2, 2}) producer.send(topic, partition, std::nullopt, "x");
  producer.flush();
  EXPECT_EQ(ends_of(topic, 3), (Offsets{{0, 1}, {1, 0}, {2, 2}}));
}

TEST_F(ClusterTest, CountsRecordsOfATransactionThatIsStillOpen) {
  const std::string topic = topic_with(1);
  ProducerForTests producer(fresh_name("transaction"));
  producer.begin();
  producer.send(topic, 0, std::nullopt, "x");
  producer.flush();
  EXPECT_EQ(ends_of(topic, 1), (Offsets{{0, 1}}));
  producer.abort();
  EXPECT_TRUE(eventually([&] { return ends_of(topic, 1).at(0) == 2; }, 30s)) << "the marker has one too";
}

TEST_F(ClusterTest, IsTheGradersErrorWhereATopicIsNotThere) {
  EXPECT_THROW(cluster.log_bounds(fresh_name("none"), 1), HarnessError);
}

TEST_F(ClusterTest, CommitsForAGroupWithoutMembers) {
  const std::string topic = topic_with(2), group = fresh_name("group");
  write_records(broker_for_tests(), topic, {"a", "b", "c"});
  cluster.commit({.group = group, .topic = topic, .partition = 1, .offset = 0});
  const auto committed = cluster.committed(topic);
  ASSERT_EQ(committed.size(), 1u);
  EXPECT_EQ(committed[0].group, group);
  EXPECT_EQ(committed[0].partition, 1);
  EXPECT_EQ(committed[0].offset, 0);
}

TEST_F(ClusterTest, KnowsAGroupAndWhetherItsMembersHaveSettled) {
  const std::string topic = topic_with(1), name = fresh_name("group");
  EXPECT_FALSE(group(name));
  write_records(broker_for_tests(), topic, {"x"});
  ConsumerForTests consumer(topic, name);
  EXPECT_EQ(consumer.read(1), std::vector<std::string>{"x"});
  EXPECT_TRUE(is_soon_stable(name, true));
  consumer.commit();
  consumer.close();
  EXPECT_TRUE(is_soon_stable(name, false));
}

TEST_F(ClusterTest, TellsWhatGroupsHaveCommittedForATopic) {
  const std::string topic = topic_with(1), other = topic_with(1), group_one = fresh_name("group-1"),
                    group_two = fresh_name("group-2");
  write_records(broker_for_tests(), topic, {"a", "b", "c"});
  write_records(broker_for_tests(), other, {"a"});
  EXPECT_TRUE(cluster.committed(topic).empty());
  const auto read_and_commit = [](const std::string& from, const std::string& group, std::size_t count) {
    ConsumerForTests consumer(from, group);
    consumer.read(count);
    consumer.commit();
    consumer.close();
  };
  read_and_commit(topic, group_one, 3);
  read_and_commit(topic, group_two, 3);
  read_and_commit(other, group_one, 1);
  auto committed = cluster.committed(topic);
  std::ranges::sort(committed, {}, &CommittedOffset::group);
  ASSERT_EQ(committed.size(), 2u);
  EXPECT_EQ(committed[0].group, group_one);
  EXPECT_EQ(committed[1].group, group_two);
  for (const CommittedOffset& one : committed) {
    EXPECT_EQ(one.topic, topic);
    EXPECT_EQ(one.partition, 0);
    EXPECT_EQ(one.offset, 3);
  }
}

TEST(WriteRecords, SendsAllInOrder) {
  Cluster cluster(broker_for_tests());
  const std::string topic = fresh_name("write");
  cluster.create_topic(topic, 1);
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) texts.push_back(std::to_string(i));
  write_records(broker_for_tests(), topic, texts);
  EXPECT_EQ(cluster.log_bounds(topic, 1).at(0).end, 5000);
  EXPECT_EQ(ConsumerForTests(topic, fresh_name("group")).read(5000), texts);
}

TEST(WaitUntilReady, HoldsOnceEveryKindOfClientIsAnswered) {
  EXPECT_TRUE(wait_until_ready(broker_for_tests(), 30s, [] { return true; }));
}

TEST(WaitUntilReady, GivesUpWhereNobodyListens) {
  EXPECT_FALSE(wait_until_ready("127.0.0.1:1", 200ms, [] { return true; }));
}

TEST(WaitUntilReady, GivesUpAtOnceWhenTheProcessHasEnded) {
  EXPECT_FALSE(wait_until_ready("127.0.0.1:1", 1h, [] { return false; }));
  int looks_left = 3;
  EXPECT_FALSE(wait_until_ready("127.0.0.1:1", 1h, [&] { return --looks_left > 0; }));
}

}  // namespace
}  // namespace klab
