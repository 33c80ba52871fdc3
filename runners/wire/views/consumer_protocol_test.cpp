#include "runners/wire/views/consumer_protocol.hpp"

#include <gtest/gtest.h>

#include "runners/wire/golden/golden_file.hpp"

namespace klab {
namespace {

const std::string kTopics = from_hex("00000001 0005 7269646573 ffffffff");

TEST(ConsumerProtocol, IsReadInItsOldestVersion) {
  const auto subscription = read_subscription(from_hex("0000") + kTopics);
  ASSERT_TRUE(subscription);
  EXPECT_EQ(subscription->topics, std::vector<std::string>{"rides"});
  EXPECT_EQ(subscription->generation, -1);
}

TEST(ConsumerProtocol, IsReadAsTheNewestWhereItIsNewer) {
  const auto subscription = read_subscription(
      from_hex("0009") + kTopics + from_hex("00000001 0005 7269646573 00000001 00000002 00000007 ffff abcd"));
  ASSERT_TRUE(subscription) << subscription.error().reason;
  EXPECT_EQ(subscription->version, 9);
  EXPECT_EQ(subscription->owned, (std::vector<TopicPartition>{{{.name = "rides"}, 2}}));
  EXPECT_EQ(subscription->generation, 7);
}

TEST(ConsumerProtocol, IsNotReadWhereItIsBroken) {
  EXPECT_FALSE(read_subscription(""));
  EXPECT_FALSE(read_subscription(from_hex("ffff") + kTopics));
  EXPECT_FALSE(read_assignment(from_hex("0000 00000001 0005 72")));
}

}  // namespace
}  // namespace klab
