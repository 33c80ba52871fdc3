#include "checks/history/record_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace klab {
namespace {

using Shape = RecordText::Shape;

std::string repeated(std::size_t times, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ReadRecordText, ReadsAnObjectsFieldsAsJson) {
  const RecordText read =
      read_record_text(R"( {"a": "354", "b": 354, "c": "", "d": null, "e": [1, {"y": 2, "x": 3}]} )");
  EXPECT_EQ(read.shape, Shape::object);
  EXPECT_EQ(
      read.fields,
      (Fields{{"a", "\"354\""}, {"b", "354"}, {"c", "\"\""}, {"d", "null"}, {"e", R"([1,{"x":3,"y":2}])"}}));
}

TEST(ReadRecordText, ReadsEscapesAndUtf8AsTheSame) {
  EXPECT_EQ(read_record_text("{\"a\":\"\xC3\xA9\"}").fields,
            read_record_text(R"({"\u0061":"\u00e9"})").fields);
}

TEST(ReadRecordText, PassesOverWhiteSpaceAndAByteOrderMark) {
  EXPECT_EQ(read_record_text("\xEF\xBB\xBF {\"a\":1}\r\n").fields, (Fields{{"a", "1"}}));
}

TEST(ReadRecordText, TellsARecordThatWasEncodedTwice) {
  const RecordText read = read_record_text(R"("{\"a\": \"1\"}")");
  EXPECT_EQ(read.shape, Shape::encoded_twice);
  EXPECT_EQ(read.fields, (Fields{{"a", "\"1\""}}));
}

TEST(ReadRecordText, FindsNoObjectInAnythingElse) {
  for (const std::string text :
       {"", " ", "null", "354", "\"text\"", "\"[{}]\"", "[]", "[{\"a\":1}]", "{'a': 1}", "{\"a\":1",
        "{\"a\":1}}", "{\"a\":1}{\"a\":1}", "{\"a\":NaN}", "{a:1}", "\"\\\"{}\\\"\""}) {
    const RecordText read = read_record_text(text);
    EXPECT_EQ(read.shape, Shape::not_an_object) << text;
    EXPECT_TRUE(read.fields.empty()) << text;
  }
}

TEST(ReadRecordText, FindsNoObjectInHostileBytes) {
  const std::string nul(1, '\0');
  for (const std::string& text :
       {nul, nul + "{}", "{}" + nul, "{\"a\":1}" + nul + "rest", "{\"a\":\"" + nul + "\"}",
        std::string("\xEF\xBB\xBF"), std::string("\xEF\xBB"), std::string("\xFF\xFE{\0}\0", 6),
        std::string("{\"a\":\"\xFF\"}"), std::string("{\"\xC0\x80\":1}"),
        std::string("{\"a\":\"\xED\xA0\x80\"}"), std::string("{\"a\":\"\\uD800\"}")})
    EXPECT_EQ(read_record_text(text).shape, Shape::not_an_object);
}

TEST(ReadRecordText, KeepsAnEscapedNul) {
  EXPECT_EQ(read_record_text(R"({"a":"\u0000"})").fields, (Fields{{"a", R"("\u0000")"}}));
}

TEST(ReadRecordText, TakesTheLastOfTwoFieldsWithOneName) {
  EXPECT_EQ(read_record_text(R"({"a":1,"a":2})").fields, (Fields{{"a", "2"}}));
}

TEST(ReadRecordText, SurvivesHugeNesting) {
  constexpr std::size_t kDepth = 100'000;
  const std::string array = std::string(kDepth, '[') + std::string(kDepth, ']');
  const std::string object = repeated(kDepth, "{\"a\":") + "1" + std::string(kDepth, '}');
  for (const std::string& text : {std::string(kDepth, '['), std::string(kDepth, '{'), array, object,
                                  "{\"a\":" + array + "}", nlohmann::json(object).dump()}) {
    EXPECT_EQ(read_record_text(text).shape, Shape::not_an_object);
    EXPECT_EQ(read_message_text(text).size(), 1u);
  }
}

TEST(ReadRecordText, ReadsWhatNestsAsDeepAsDataDoes) {
  const std::string array = std::string(50, '[') + std::string(50, ']');
  EXPECT_EQ(read_record_text("{\"a\":" + array + "}").fields, (Fields{{"a", array}}));
}

TEST(ReadMessageText, GivesTheElementsOfAnArray) {
  const auto read = read_message_text(R"([{"a":1}, "{\"a\":2}", 3])");
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[0].fields, (Fields{{"a", "1"}}));
  EXPECT_EQ(read[1].shape, Shape::encoded_twice);
  EXPECT_EQ(read[2].shape, Shape::not_an_object);
}

TEST(ReadMessageText, GivesOneOfAnythingElse) {
  EXPECT_EQ(read_message_text(R"({"a":1})").at(0).shape, Shape::object);
  EXPECT_EQ(read_message_text("{\"a\":1}").size(), 1u);
  EXPECT_EQ(read_message_text("").size(), 1u);
  EXPECT_EQ(read_message_text("[{},").size(), 1u);
  EXPECT_EQ(read_message_text("[]").size(), 0u);
}

}  // namespace
}  // namespace klab
