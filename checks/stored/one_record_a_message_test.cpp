#include "checks/stored/one_record_a_message.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

std::string array_of(const std::string& first, const std::string& second) {
  return "[" + first + "," + second + "]";
}

TEST(OneRecordAMessage, HoldsWhenEachMessageIsOneRecord) {
  const Verdict verdict = one_record_a_message(HistoryOf("t").sample(2).stored(0, 0, 0).stored(1, 0, 1), "t");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "one record in each of 2 messages");
  EXPECT_EQ(verdict.judged, "2 messages");
}

TEST(OneRecordAMessage, RefutesTheWholeArrayInOneMessage) {
  const std::string array = array_of(sample_text(0), sample_text(1));
  const History history = HistoryOf("t").sample(3).stored(0, 0, 2).stored_text(1, 4, array);
  const Verdict verdict = one_record_a_message(history, "t");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 2 messages does not hold one record");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[1]));
  EXPECT_EQ(verdict.evidence[0].note, "the message at partition 1 offset 4 (" + std::to_string(array.size()) +
                                          " bytes) holds 2 records");
  EXPECT_NE(verdict.hint.find("produce()"), std::string::npos);
}

TEST(OneRecordAMessage, RefutesJsonLinesInOneMessage) {
  const Verdict verdict = one_record_a_message(
      HistoryOf("t").sample(2).stored_text(0, 0, sample_text(0) + "\n" + sample_text(1)), "t");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
}

TEST(OneRecordAMessage, RefutesAnArrayThatHoldsOneRecordTwice) {
  const Verdict verdict = one_record_a_message(
      HistoryOf("t").sample(1).stored_text(0, 0, array_of(sample_text(0), sample_text(0))), "t");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_NE(verdict.evidence.at(0).note.find("holds 2 records"), std::string::npos);
}

TEST(OneRecordAMessage, RefutesAMessageThatIsNoRecord) {
  const History history =
      HistoryOf("t").sample(1).stored(0, 0, 0).stored_text(0, 1, "done").stored_null(0, 2);
  const Verdict verdict = one_record_a_message(history, "t");
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[0].note,
            "the message at partition 0 offset 1 (4 bytes) holds no record of the sample: \"done\"");
  EXPECT_NE(verdict.hint.find("nothing else"), std::string::npos);
  EXPECT_EQ(verdict.evidence[1].lines, lines_of(history.logged[2]));
}

TEST(OneRecordAMessage, LeavesTheFormOfTheRecordToOtherChecks) {
  const std::string python = "{'EVENT_NO_STOP': '" + sample_id(0) + "'}";
  const std::string twice = "\"{\\\"EVENT_NO_STOP\\\": \\\"" + sample_id(1) + "\\\"}\"";
  const Verdict verdict =
      one_record_a_message(HistoryOf("t").sample(2).stored_text(0, 0, python).stored_text(0, 1, twice), "t");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
}

TEST(OneRecordAMessage, LetsAnArrayOfOneRecordPass) {
  const Verdict verdict =
      one_record_a_message(HistoryOf("t").sample(1).stored_text(0, 0, "[" + sample_text(0) + "]"), "t");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
}

TEST(OneRecordAMessage, DoesNotAskHowOftenARecordIsStored) {
  const Verdict verdict = one_record_a_message(HistoryOf("t").sample(2).stored(0, 0, 0).stored(0, 1, 0), "t");
  EXPECT_EQ(name_of(verdict.outcome), "holds");
}

TEST(OneRecordAMessage, IsUndecidedForAnEmptyTopic) {
  const Verdict verdict = one_record_a_message(HistoryOf("other").sample(1).stored(0, 0, 0), "t");
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "topic t holds no message");
}

TEST(OneRecordAMessage, IsUndecidedWithoutASample) {
  const Verdict verdict = one_record_a_message(HistoryOf("t").stored(0, 0, 0), "t");
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "no sample was handed out");
}

}  // namespace
}  // namespace klab
