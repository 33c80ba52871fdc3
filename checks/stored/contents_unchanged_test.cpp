#include "checks/stored/contents_unchanged.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using nlohmann::json;

/// A topic that holds the first record of the sample as `text`, and the second as it was.
History stored_as(const std::string& text) {
  return HistoryOf("t").sample(2).stored_text(0, 0, text).stored(1, 6, 1);
}

json first_record() { return json::parse(sample_text(0)); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

/// The one difference that the check finds in the first record when it is stored as `text`.
std::string difference_of(const std::string& text) {
  const History history = stored_as(text);
  const Verdict verdict = contents_unchanged(history, "t");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 2 stored records differ from the file");
  if (verdict.evidence.size() != 1) return "not one piece of evidence";
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[0], history.logged[0]));
  const std::string place = "record 1 of the file, at partition 0 offset 0: ";
  EXPECT_TRUE(verdict.evidence[0].note.starts_with(place)) << verdict.evidence[0].note;
  return verdict.evidence[0].note.substr(std::min(place.size(), verdict.evidence[0].note.size()));
}

std::string hint_for(const std::string& text) { return contents_unchanged(stored_as(text), "t").hint; }

TEST(ContentsUnchanged, HoldsForTheTextOfTheFile) {
  const Verdict verdict = contents_unchanged(stored_as(sample_text(0)), "t");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "all 2 stored records as in the file");
  EXPECT_EQ(verdict.judged, "2 stored records");
}

TEST(ContentsUnchanged, LeavesOrderWhiteSpaceAndEscapesFree) {
  EXPECT_NE(first_record().dump(2), sample_text(0));  // sorted by name, indented
  EXPECT_EQ(name_of(contents_unchanged(stored_as(first_record().dump(2)), "t").outcome), "holds");
  const std::string escaped = replaced(sample_text(0), "26DEC20", "26\\u0044EC\\u00320");
  EXPECT_EQ(name_of(contents_unchanged(stored_as(escaped), "t").outcome), "holds");
  EXPECT_EQ(name_of(contents_unchanged(stored_as("\xEF\xBB\xBF" + sample_text(0) + "\r\n"), "t").outcome),
            "holds");
}

TEST(ContentsUnchanged, RefutesAnotherValue) {
  EXPECT_EQ(difference_of(replaced(sample_text(0), "26DEC20", "27DEC20")),
            "field OPD_DATE is \"27DEC20\" instead of \"26DEC20\"");
}

TEST(ContentsUnchanged, RefutesAnotherType) {
  EXPECT_EQ(difference_of(replaced(sample_text(0), "\"1776\"", "1776")),
            "field VEHICLE_ID is 1776 instead of \"1776\"");
  EXPECT_EQ(difference_of(replaced(sample_text(0), "\"\"", "null")),
            "field VELOCITY is null instead of \"\"");
  EXPECT_NE(hint_for(replaced(sample_text(0), "\"1776\"", "1776")).find("stay strings"), std::string::npos);
}

TEST(ContentsUnchanged, RefutesAnAddedField) {
  EXPECT_EQ(difference_of(replaced(sample_text(0), "{", "{\"SENT_AT\":1,")), "field SENT_AT was added");
}

TEST(ContentsUnchanged, RefutesADroppedField) {
  EXPECT_EQ(difference_of(replaced(sample_text(0), ",\"VELOCITY\":\"\"", "")), "field VELOCITY is missing");
}

TEST(ContentsUnchanged, RefutesADroppedIdentity) {
  json record = first_record();
  record.erase("EVENT_NO_STOP");
  EXPECT_EQ(difference_of(record.dump()), "field EVENT_NO_STOP is missing");
}

TEST(ContentsUnchanged, NamesThreeDifferencesAndCountsTheRest) {
  EXPECT_EQ(
      difference_of(replaced(sample_text(0), "\"VEHICLE_ID\":\"1776\",\"METERS\":\"70\"", "\"BUS\":1776")),
      "field METERS is missing, field VEHICLE_ID is missing, field BUS was added");
  EXPECT_EQ(difference_of("{\"EVENT_NO_STOP\":\"" + sample_id(0) + "\"}"),
            "field ACT_TIME is missing, field EVENT_NO_TRIP is missing, field METERS is missing, and 3 more");
}

TEST(ContentsUnchanged, RefutesARecordThatWasEncodedTwice) {
  const std::string twice = json(sample_text(0)).dump();
  EXPECT_EQ(difference_of(twice), "it is a JSON string that holds the record as text");
  EXPECT_NE(hint_for(twice).find("encoded twice"), std::string::npos);
}

TEST(ContentsUnchanged, RefutesThePythonTextOfADict) {
  const std::string python = "{'EVENT_NO_STOP': '" + sample_id(0) + "', 'VELOCITY': None}";
  EXPECT_EQ(difference_of(python), "it is not a JSON object");
  EXPECT_NE(hint_for(python).find("json.dumps(record)"), std::string::npos);
}

TEST(ContentsUnchanged, RefutesALineOfTheFileWithItsComma) {
  const std::string line = sample_text(0) + ",";
  EXPECT_EQ(difference_of(line), "it is not a JSON object");
  EXPECT_NE(hint_for(line).find("without what follows it"), std::string::npos);
}

TEST(ContentsUnchanged, RefutesARecordWithTheZeroThatEndsItInMemory) {
  const std::string text = sample_text(0) + std::string(1, '\0');
  EXPECT_EQ(difference_of(text), "it is not a JSON object");
  EXPECT_NE(hint_for(text).find("after the record 1 byte comes that is not part of it"), std::string::npos);
}

TEST(ContentsUnchanged, HintsAtTheFirstRecordThatChanged) {
  const History history = HistoryOf("t")
                              .sample(3)
                              .stored(0, 0, 0)
                              .stored_text(0, 1, json(sample_text(1)).dump())
                              .stored_text(0, 2, "{'EVENT_NO_STOP': '" + sample_id(2) + "'}");
  EXPECT_NE(contents_unchanged(history, "t").hint.find("encoded twice"), std::string::npos);
}

TEST(ContentsUnchanged, JudgesTheElementsOfAnArrayEachByItself) {
  const std::string changed = replaced(sample_text(1), "1776", "1777");
  const std::string array = "[{\"BATCH\":1}," + sample_text(0) + "," + sample_text(0) + "," + changed + "]";
  const History history = HistoryOf("t").sample(2).stored_text(0, 0, array);
  const Verdict verdict = contents_unchanged(history, "t");
  EXPECT_EQ(verdict.actual, "1 of 3 stored records differ from the file");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[1], history.logged[0]));
}

TEST(ContentsUnchanged, HoldsForRecordsAsTheyWereInOneArray) {
  const std::string array = "[" + sample_text(1) + "," + sample_text(0) + "]";
  const Verdict verdict = contents_unchanged(HistoryOf("t").sample(2).stored_text(0, 0, array), "t");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "2 stored records");
}

TEST(ContentsUnchanged, RefutesAnArrayOfTexts) {
  const json array{sample_text(0), "{'EVENT_NO_STOP': '" + sample_id(1) + "'}"};
  const Verdict verdict = contents_unchanged(HistoryOf("t").sample(2).stored_text(0, 0, array.dump()), "t");
  EXPECT_EQ(verdict.actual, "2 of 2 stored records differ from the file");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_NE(
      verdict.evidence[0].note.find("record 1 of the file, at partition 0 offset 0: it is a JSON string"),
      std::string::npos);
  EXPECT_EQ(verdict.evidence[1].note,
            "record 2 of the file, at partition 0 offset 0: it is not a JSON object");
}

TEST(ContentsUnchanged, RefutesRecordsInsideAnotherObject) {
  const std::string wrapped = "{\"records\":[" + sample_text(0) + "]}";
  EXPECT_EQ(difference_of(wrapped),
            "field ACT_TIME is missing, field EVENT_NO_STOP is missing, field EVENT_NO_TRIP is missing, and "
            "5 more");
}

TEST(ContentsUnchanged, SaysNothingOfMissingAndDoubledRecordsAndOfMessagesThatAreNone) {
  const History history =
      HistoryOf("t").sample(3).stored(0, 0, 1).stored(0, 1, 1).stored_text(0, 2, "done").stored_null(0, 3);
  const Verdict verdict = contents_unchanged(history, "t");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "2 stored records");
}

TEST(ContentsUnchanged, IsUndecidedWhenNoMessageIsARecord) {
  const Verdict verdict = contents_unchanged(HistoryOf("t").sample(2).stored_text(0, 0, "{\"a\":1}"), "t");
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "topic t holds no record of the sample");
  EXPECT_EQ(name_of(contents_unchanged(HistoryOf("t").sample(2), "t").outcome), "undecided");
}

TEST(ContentsUnchanged, IsUndecidedWithoutASample) {
  EXPECT_EQ(name_of(contents_unchanged(HistoryOf("t").stored(0, 0, 0), "t").outcome), "undecided");
}

TEST(ContentsUnchanged, IsUndecidedWhenOnlyAnotherTopicHoldsRecords) {
  EXPECT_EQ(name_of(contents_unchanged(HistoryOf("other").sample(1).stored(0, 0, 0), "t").outcome),
            "undecided");
}

}  // namespace
}  // namespace klab
