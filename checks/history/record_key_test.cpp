#include "checks/history/record_key.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

using namespace std::string_literals;

TEST(RecordKey, IsTextAsItStands) {
  EXPECT_EQ(key_text("1"), "1");
  EXPECT_EQ(key_text("abcd"), "abcd");
  EXPECT_EQ(key_text("\"1\""), "\"1\"");
  EXPECT_EQ(key_text(" 1"), " 1");
  EXPECT_EQ(key_text("0001"), "0001");
}

TEST(RecordKey, IsANumberWhereASerializerForIntegersWroteIt) {
  EXPECT_EQ(key_text("\0\0\0\1"s), "1");
  EXPECT_EQ(key_text("\0\0\0\0\0\0\0\5"s), "5");
  EXPECT_EQ(key_text("\0\3"s), "3");  // ShortSerializer
  EXPECT_EQ(key_text("\2"s), "2");    // a byte of its own
  EXPECT_EQ(key_text("\xff\xff\0\0"s), "-65536");
  EXPECT_EQ(key_text("\xff\0"s), "-256");
  EXPECT_EQ(key_text("\1\0\0\0"s), "16777216");  // little-endian: not what Kafka's serializers write
}

TEST(RecordKey, OfOtherLengthIsNoNumber) {
  EXPECT_EQ(key_text("\0\0\1"s), "\0\0\1"s);
  EXPECT_EQ(key_text(""), "");
  EXPECT_EQ(key_text(std::nullopt), "");
}

TEST(RecordKey, IsDescribedInCharactersThatCanBePrinted) {
  EXPECT_EQ(describe_key("k 1"), "\"k 1\"");
  EXPECT_EQ(describe_key("\0\0\0\1"s), "\"1\"");
  EXPECT_EQ(describe_key("\n\xff"), "0x0aff");
  EXPECT_EQ(describe_key(""), "\"\"");
  EXPECT_EQ(describe_key(std::nullopt), "none");
}

}  // namespace
}  // namespace klab
