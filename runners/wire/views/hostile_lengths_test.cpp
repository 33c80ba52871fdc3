// What a frame may say in a few bytes and a view would need gigabytes for.

#include <gtest/gtest.h>

#include "runners/wire/golden/golden_file.hpp"
#include "runners/wire/message_reader.hpp"
#include "runners/wire/views/fields.hpp"
#include "runners/wire/views/group.hpp"
#include "runners/wire/views/offsets.hpp"
#include "runners/wire/views/topic_changes.hpp"

namespace klab {
namespace {

const std::string kLongName = from_hex("7fff") + std::string(0x7fff, 'n');
const std::string kCutName(kLongestName + 1, 'n');

TEST(Views, CutANameThatIsCopiedToEachPartition) {
  const std::string bytes =
      from_hex("0001 67 00000001") + kLongName + from_hex("00004000") + std::string(0x4000 * 4, '\0');
  const auto message = read_message(*find_message("OffsetFetchRequest"), 1, bytes);
  ASSERT_TRUE(message);
  const OffsetFetchRequest request = read_offset_fetch_request(*message);
  ASSERT_EQ(request.groups.at(0).partitions.size(), 0x4000u);
  EXPECT_EQ(request.groups[0].partitions.back().topic.name, kCutName);
}

TEST(Views, CutANameThatIsCopiedToEachConfig) {
  const std::string config = from_hex("0001 63 00 ffff");
  const std::string bytes =
      from_hex("00000001 02") + kLongName + from_hex("00000002") + config + config + from_hex("00");
  const auto message = read_message(*find_message("IncrementalAlterConfigsRequest"), 0, bytes);
  ASSERT_TRUE(message) << message.error().reason;
  EXPECT_EQ(read_incremental_alter_configs_request(*message).changes.at(1).resource, kCutName);
}

TEST(Views, LeaveTheLongestNameThatKafkaAllows) {
  const std::string name(kLongestName, 'n');
  const std::string bytes = from_hex("0001 67 00000001 00f9") + name + from_hex("00000001 00000000");
  const auto message = read_message(*find_message("OffsetFetchRequest"), 1, bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(read_offset_fetch_request(*message).groups.at(0).partitions.at(0).topic.name, name);
}

/// A JoinGroup of version 0 that offers one subscription several times.
JoinGroupRequest joined_with(const std::string& subscription, std::size_t times) {
  const auto int32 = [](std::size_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
    return bytes;
  };
  std::string bytes = from_hex("0001 67 00002710 0000 0000") + int32(times);
  for (std::size_t i = 0; i < times; ++i)
    bytes += from_hex("0001 70") + int32(subscription.size()) + subscription;
  const auto message = read_message(*find_message("JoinGroupRequest"), 0, bytes);
  EXPECT_TRUE(message) << message.error().reason;
  return read_join_group_request(*message);
}

TEST(Views, ReadSubscriptionsOnlyToALimitTogether) {
  const std::string subscription =
      from_hex("0000 00000000") + from_hex("00040000") + std::string(0x40000, '\0');
  const JoinGroupRequest request = joined_with(subscription, 5);
  ASSERT_EQ(request.protocols.size(), 5u);
  EXPECT_TRUE(request.protocols[2].subscription.has_value());
  EXPECT_FALSE(request.protocols[4].subscription.has_value());
}

}  // namespace
}  // namespace klab
