#include "cli/broker/asked_topic.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

TEST(AskedTopic, HasOnePartitionUnlessMoreAreAskedFor) {
  EXPECT_EQ(read_asked_topic("breadcrumbs").partitions, 1);
  const AskedTopic topic = read_asked_topic("lab.bread_crumbs-2:12");
  EXPECT_EQ(topic.name, "lab.bread_crumbs-2");
  EXPECT_EQ(topic.partitions, 12);
}

TEST(AskedTopic, IsRefusedWhereKafkaWouldRefuseIt) {
  for (const std::string text :
       {"", ":3", "bread crumbs", "a:b", "a:", "a:0", "a:1001", "a:-1", "a:3:4", ".", "..", "\x1b[31m"})
    EXPECT_THROW(read_asked_topic(text), BadInput) << text;
  EXPECT_THROW(read_asked_topic(std::string(250, 'a')), BadInput);
}

}  // namespace
}  // namespace klab
