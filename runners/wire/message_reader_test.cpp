#include "runners/wire/message_reader.hpp"

#include <gtest/gtest.h>

#include "runners/wire/golden/golden_file.hpp"
#include "runners/wire/message_json.hpp"

namespace klab {
namespace {

Decoded<Struct> read(std::string_view name, int version, std::string_view hex) {
  static std::string bytes;  // outlives the views of the one message a test looks at
  bytes = from_hex(hex);
  return read_message(*find_message(name), version, bytes);
}

DecodeError error_of(std::string_view name, int version, std::string_view hex) {
  const Decoded<Struct> message = read(name, version, hex);
  return message ? DecodeError{.reason = "none"} : message.error();
}

TEST(MessageReader, GivesFieldsOfOtherVersionsTheirDefault) {
  const auto fetch = read("FetchRequest", 4, "ffffffff 000001f4 00000001 00010000 01 00000000");
  ASSERT_TRUE(fetch) << fetch.error().reason;
  EXPECT_EQ((*fetch)["IsolationLevel"].integer(), 1);
  EXPECT_TRUE((*fetch)["IsolationLevel"].is_present);
  EXPECT_EQ((*fetch)["SessionEpoch"].integer(), -1);
  EXPECT_FALSE((*fetch)["SessionEpoch"].is_present);
  EXPECT_EQ((*fetch)["RackId"].text(), "");
  EXPECT_TRUE((*fetch)["ClusterId"].is_null());
  EXPECT_EQ((*fetch)["ReplicaState"].structure()["ReplicaEpoch"].integer(), -1);
}

TEST(MessageReader, KeepsTagsThatItDoesNotKnow) {
  const auto heartbeat = read("HeartbeatRequest", 4, "0267 00000005 026d 00 02 00 00 ac02 03 616263");
  ASSERT_TRUE(heartbeat) << heartbeat.error().reason;
  ASSERT_EQ(heartbeat->unknown_tags.size(), 2u);
  EXPECT_EQ(heartbeat->unknown_tags[0].bytes, "");
  EXPECT_EQ(heartbeat->unknown_tags[1].tag, 300u);
  EXPECT_EQ(heartbeat->unknown_tags[1].bytes, "abc");
}

TEST(MessageReader, KeepsUnknownTagsOfInnerStructures) {
  const auto leave = read("LeaveGroupRequest", 4, "0267 02 026d 00 01 07 01 78 00");
  ASSERT_TRUE(leave) << leave.error().reason;
  const Struct& member = (*leave)["Members"].array().at(0).structure();
  EXPECT_EQ(member["MemberId"].text(), "m");
  ASSERT_EQ(member.unknown_tags.size(), 1u);
  EXPECT_EQ(member.unknown_tags[0].tag, 7u);
  EXPECT_EQ(to_json(*leave)["members"][0]["unknownTags"][0]["bytes"], "eA==");
}

TEST(MessageReader, SaysWhereItWentWrong) {
  EXPECT_EQ(error_of("LeaveGroupRequest", 4, "0267 02 026d 05"),
            (DecodeError{"needs 4 bytes, has 0", 6, "Members[0].GroupInstanceId"}));
  EXPECT_EQ(error_of("HeartbeatRequest", 0, "0001"), (DecodeError{"needs 1 bytes, has 0", 2, "GroupId"}));
}

TEST(MessageReader, RefusesNullWhereTheSpecDoes) {
  EXPECT_EQ(error_of("HeartbeatRequest", 0, "ffff 00000005 0000"),
            (DecodeError{"null where there may be none", 0, "GroupId"}));
  EXPECT_EQ(error_of("HeartbeatRequest", 4, "00 00000005 01 00 00"),
            (DecodeError{"null where there may be none", 0, "GroupId"}));
}

TEST(MessageReader, RefusesANegativeLength) {
  EXPECT_EQ(error_of("HeartbeatRequest", 0, "fffe 00000005 0000"),
            (DecodeError{"a length of -2", 0, "GroupId"}));
}

TEST(MessageReader, RefusesMoreElementsThanThereAreBytes) {
  EXPECT_EQ(error_of("MetadataRequest", 1, "7fffffff 0000"),
            (DecodeError{"2147483647 elements in 2 bytes", 0, "Topics"}));
  EXPECT_EQ(error_of("MetadataRequest", 9, "ffffffff0f 0000"),
            (DecodeError{"4294967294 elements in 2 bytes", 0, "Topics"}));
}

TEST(MessageReader, RefusesATagOfAnotherSizeThanItSays) {
  // ClusterId is tag 0 of FetchRequest 12.
  const std::string fetch = "ffffffff 00000000 00000000 00000000 00 00000000 00000000 01 01 01";
  EXPECT_EQ(error_of("FetchRequest", 12, fetch + "01 00 02 0263").reason, "none");
  EXPECT_EQ(error_of("FetchRequest", 12, fetch + "01 00 03 0263 00").reason,
            "tag 0 is not the 3 bytes it says");
  EXPECT_EQ(error_of("FetchRequest", 12, fetch + "01 00 01 0263").reason, "tag 0 is not the 1 bytes it says");
}

TEST(MessageReader, RefusesAnEndlessNumber) {
  EXPECT_EQ(error_of("HeartbeatRequest", 4, "ffffffffff0f").reason,
            "a variable-length number of more than 32 bits");
}

// A tree takes many times the memory of its bytes.
TEST(MessageReader, RefusesMoreValuesThanAnyClientSends) {
  const auto reason_for = [](std::uint32_t partitions) {
    std::string bytes = from_hex("0001 67 00000001 0001 74");
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(partitions >> shift);
    bytes += std::string(4ul * partitions, '\0');
    const auto message = read_message(*find_message("OffsetFetchRequest"), 1, bytes);
    return message ? "none" : message.error().reason;
  };
  EXPECT_EQ(reason_for(kMaxValues - 100), "none");
  EXPECT_EQ(reason_for(kMaxValues), "more than 200000 values");
}

TEST(MessageReader, RefusesAVersionThatTheSpecDoesNotHave) {
  EXPECT_EQ(error_of("HeartbeatRequest", 5, "").reason, "HeartbeatRequest has no version 5");
  EXPECT_EQ(error_of("StopReplicaRequest", 0, "").reason, "StopReplicaRequest has no version 0");
}

TEST(MessageReader, ThrowsForAMisspeltField) {
  const auto heartbeat = read("HeartbeatRequest", 0, "0001 67 00000005 0000");
  ASSERT_TRUE(heartbeat);
  EXPECT_THROW((*heartbeat)["GroupID"], std::logic_error);
}

}  // namespace
}  // namespace klab
