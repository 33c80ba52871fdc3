#include "checks/json/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace klab {
namespace {

TEST(Utf8, ReadsOneToFourBytes) {
  EXPECT_EQ(first_code_point("a").value, U'a');
  EXPECT_EQ(first_code_point("é").value, U'é');
  EXPECT_EQ(first_code_point("€").value, U'€');
  EXPECT_EQ(first_code_point("🚌").value, U'🚌');
  EXPECT_EQ(first_code_point("🚌 1776").bytes, 4u);
}

TEST(Utf8, TakesAnInvalidByteAsOneReplacementCharacter) {
  for (std::string wrong : {"\xFF", "\x80", "\xC3", "\xC3(", "\xE2\x82", "\xF5\x80\x80\x80"}) {
    const CodePoint found = first_code_point(wrong);
    EXPECT_FALSE(found.valid);
    EXPECT_EQ(found.value, kReplacementCharacter);
    EXPECT_EQ(found.bytes, 1u);
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndValuesPastTheEnd) {
  EXPECT_FALSE(first_code_point("\xC0\xAF").valid);          // "/" in two bytes
  EXPECT_FALSE(first_code_point("\xED\xA0\x80").valid);      // U+D800
  EXPECT_FALSE(first_code_point("\xF4\x90\x80\x80").valid);  // U+110000
}

TEST(Utf8, TellsARealReplacementCharacterFromAnInvalidByte) {
  EXPECT_TRUE(first_code_point(kReplacementText).valid);
}

TEST(Utf8, CountsColumnsAndNotBytes) {
  EXPECT_EQ(display_width("vélo"), 4);
  EXPECT_EQ(display_width("巴士"), 4);
  EXPECT_EQ(display_width("e\u0301"), 1);
  EXPECT_EQ(display_width("\xFF"), 1);
}

}  // namespace
}  // namespace klab
