#include "checks/facts/sample_index.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using nlohmann::json;
using Positions = std::vector<std::size_t>;

struct SampleIndexOfFive : testing::Test {
  const History history = HistoryOf("t").sample(5);
  const SampleIndex index{history};

  static json record(std::size_t position) { return json::parse(sample_text(position)); }

  static json without_identity(std::size_t position) {
    json without = record(position);
    without.erase("EVENT_NO_STOP");
    return without;
  }
};

TEST_F(SampleIndexOfFive, KeepsTheFieldsOfEachRecord) {
  EXPECT_EQ(index.size(), 5u);
  EXPECT_EQ(index.fields(2).at("EVENT_NO_STOP"), "\"" + sample_id(2) + "\"");
  EXPECT_EQ(index.fields(2).size(), 7u);
}

TEST_F(SampleIndexOfFive, FindsAnIdentityInAnyFormat) {
  for (const std::string& text :
       {sample_text(3), json(sample_text(3)).dump(), "'" + sample_id(3) + "'", sample_id(3),
        "id" + sample_id(3) + "x", "-" + sample_id(3) + ".0", "000" + sample_id(3)})
    EXPECT_EQ(index.records_in(text), Positions{3}) << text;
}

TEST_F(SampleIndexOfFive, GivesRecordsInOrderOfAppearanceEachOnce) {
  EXPECT_EQ(index.records_in(sample_id(4) + " " + sample_id(0) + " " + sample_id(4) + " " + sample_id(2)),
            (Positions{4, 0, 2}));
}

TEST_F(SampleIndexOfFive, WantsTheWholeRunOfDigits) {
  EXPECT_EQ(index.records_in("1" + sample_id(0)), Positions{});
  EXPECT_EQ(index.records_in(sample_id(0) + "0"), Positions{});
  EXPECT_EQ(index.records_in(sample_id(0).substr(1)), Positions{});
}

// Go's clock, and Java's, write nine digits.
TEST_F(SampleIndexOfFive, TakesNoPartOfASecondForAnIdentity) {
  EXPECT_EQ(index.records_in("12:30:59." + sample_id(1) + " read " + sample_id(2)), Positions{2});
  EXPECT_EQ(index.records_in("at 59." + sample_id(1)), Positions{1});
}

TEST_F(SampleIndexOfFive, FindsNothingInTextWithoutAnIdentity) {
  for (const std::string text : {"", "no digits", "20000", "26DEC20 1776"})
    EXPECT_EQ(index.records_in(text), Positions{}) << text;
}

TEST_F(SampleIndexOfFive, TakesAnyBytes) {
  const std::string hostile = std::string("\0\xFF\xC0\x80", 4) + sample_id(1) + std::string("\0", 1);
  EXPECT_EQ(index.records_in(hostile), Positions{1});
  EXPECT_EQ(index.records_in_message(hostile), Positions{1});
  EXPECT_EQ(index.records_in_message(std::string(100'000, '[')), Positions{});
}

TEST_F(SampleIndexOfFive, RecognisesAMessageByItsOtherFields) {
  EXPECT_EQ(index.records_in(without_identity(3).dump()), Positions{});
  EXPECT_EQ(index.records_in_message(without_identity(3).dump()), Positions{3});
  EXPECT_EQ(index.records_in_message(without_identity(0).dump()), Positions{0});
}

TEST_F(SampleIndexOfFive, RecognisesARecordWhoseIdentityWasChanged) {
  json changed = record(2);
  changed["EVENT_NO_STOP"] = "12";
  EXPECT_EQ(index.records_in_message(changed.dump()), Positions{2});
}

TEST_F(SampleIndexOfFive, PrefersTheIdentityToOtherFields) {
  json changed = record(2);
  changed["EVENT_NO_STOP"] = sample_id(4);
  EXPECT_EQ(index.records_in_message(changed.dump()), Positions{4});
}

TEST_F(SampleIndexOfFive, DoesNotGuessBetweenRecordsThatAgreeAlike) {
  json shared = without_identity(3);
  shared.erase("METERS");
  shared.erase("ACT_TIME");  // what is left is the same in all five: four of seven fields
  EXPECT_EQ(index.records_in_message(shared.dump()), Positions{});
}

TEST_F(SampleIndexOfFive, DoesNotGuessFromHalfOfTheFields) {
  const json three{{"METERS", "100"}, {"ACT_TIME", "20015"}, {"OPD_DATE", "26DEC20"}};
  EXPECT_EQ(index.records_in_message(three.dump()), Positions{});
  json four = three;
  four["VEHICLE_ID"] = "1776";
  EXPECT_EQ(index.records_in_message(four.dump()), Positions{3});
}

TEST_F(SampleIndexOfFive, RecognisesNothingWithoutFields) {
  for (const std::string text : {"", "{}", "[]", "null", "hello"})
    EXPECT_EQ(index.records_in_message(text), Positions{}) << text;
}

TEST(SampleIndex, IsEmptyWithoutASample) {
  const History history = HistoryOf("t");
  const SampleIndex index(history);
  EXPECT_EQ(index.size(), 0u);
  EXPECT_EQ(index.records_in(sample_text(0)), Positions{});
  EXPECT_EQ(index.records_in_message(sample_text(0)), Positions{});
}

TEST(SampleIndex, WantsMoreThanHalfAndNotHalfOfAnEvenNumberOfFields) {
  History history;
  history.sample.push_back({.line = 2, .id = "900", .text = R"({"id":"900","a":"x","b":"y","c":"z"})"});
  const SampleIndex index(history);
  EXPECT_EQ(index.records_in_message(R"({"a":"x","b":"y"})"), Positions{});
  EXPECT_EQ(index.records_in_message(R"({"a":"x","b":"y","c":"z"})"), Positions{0});
}

}  // namespace
}  // namespace klab
