#include "runners/wire/codecs/codec.hpp"

#include <gtest/gtest.h>

#include "runners/wire/golden/golden_file.hpp"

namespace klab {
namespace {

constexpr std::size_t kPlenty = 1'000'000;

std::string text_of(Codec codec, const std::string& bytes, std::size_t limit = kPlenty) {
  const Decoded<std::string> text = decompress(codec, bytes, limit);
  return text ? *text : text.error().reason;
}

// "abcabcabcabc": three letters, then nine more from three bytes back.
const std::string kRawSnappy = from_hex("0c 08 616263 22 0300");
const std::string kXerialHeader = from_hex("82534e4150505900 00000001 00000001");

TEST(Snappy, IsReadAsOneBareBlock) { EXPECT_EQ(text_of(Codec::snappy, kRawSnappy), "abcabcabcabc"); }

TEST(Snappy, IsReadInFramesOfXerial) {
  const std::string block = from_hex("00000008") + kRawSnappy;
  EXPECT_EQ(text_of(Codec::snappy, kXerialHeader + block + block), "abcabcabcabcabcabcabcabc");
  EXPECT_EQ(text_of(Codec::snappy, kXerialHeader), "") << "no block is no bytes";
}

TEST(Snappy, IsRefusedWhereABlockIsLongerThanTheBytes) {
  EXPECT_EQ(text_of(Codec::snappy, kXerialHeader + from_hex("00000009") + kRawSnappy),
            "snappy: needs 9 bytes, has 8");
  EXPECT_EQ(text_of(Codec::snappy, kXerialHeader + from_hex("ffffffff") + kRawSnappy),
            "snappy: needs 4294967295 bytes, has 8");
}

// Five bytes that say they are four gigabytes.
TEST(Snappy, IsNotBelievedInTheSizeItClaims) {
  EXPECT_EQ(text_of(Codec::snappy, from_hex("ffffffff0f")), "decompresses to more than 1000000 bytes");
  EXPECT_EQ(text_of(Codec::snappy, from_hex("c0843d 0061")), "snappy: broken block")
      << "no five bytes are 1,000,000";
}

// One letter, then as many copies of 64 bytes as make 64,001: as dense as it gets.
TEST(Snappy, IsReadAtItsDensest) {
  std::string dense = from_hex("81f403 00 61");
  for (int copies = 0; copies < 1000; ++copies) dense += from_hex("fe 0100");
  EXPECT_EQ(text_of(Codec::snappy, dense), std::string(64'001, 'a'));
}

TEST(Gzip, IsReadThroughSeveralMembers) {
  const std::string member = from_hex("1f8b0800000000000203 4b4c4a0600 c2412435 03000000");
  EXPECT_EQ(text_of(Codec::gzip, member), "abc");
  EXPECT_EQ(text_of(Codec::gzip, member + member), "abcabc");
}

// At 64 KiB a part this was a minute; it is less than a tenth of a second.
TEST(Codecs, TakeNoTimeForPartsThatHoldNothing) {
  const std::string empty_member = from_hex("1f8b0800000000000003 0300 00000000 00000000");
  const std::string empty_frame = from_hex("28b52ffd 00 58 010000");
  std::string members, frames;
  for (int part = 0; part < 200'000; ++part) {
    members += empty_member;
    frames += empty_frame;
  }
  EXPECT_EQ(text_of(Codec::gzip, members), "");
  EXPECT_EQ(text_of(Codec::zstd, frames), "");
}

TEST(Codecs, RefuseNothingAtAll) {
  for (const Codec codec : {Codec::gzip, Codec::snappy, Codec::lz4, Codec::zstd})
    EXPECT_FALSE(decompress(codec, "", kPlenty)) << name_of(codec);
}

TEST(Codecs, AllowAsMuchAsTheLimit) {
  EXPECT_EQ(text_of(Codec::none, "abc", 3), "abc");
  EXPECT_EQ(text_of(Codec::snappy, kRawSnappy, 12), "abcabcabcabc");
  EXPECT_EQ(text_of(Codec::snappy, kRawSnappy, 11), "decompresses to more than 11 bytes");
}

}  // namespace
}  // namespace klab
