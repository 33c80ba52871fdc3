#include "checks/printed/printed_once.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// Two partitions that hold records 0, 1 and 2, and a consumer that was stopped when it had been given them.
HistoryOf three_stored() {
  HistoryOf history("t");
  history.sample(4).stored(0, 0, 0).stored(0, 1, 1).stored(1, 0, 2).drained().stopped("consumer-1");
  return history;
}

Verdict judge(const History& history) { return printed_once(all_given(history), "t", "consumer"); }

TEST(PrintedOnce, HoldsWhenEachStoredRecordIsPrintedOnce) {
  const Verdict verdict =
      judge(three_stored().printed("consumer-1", 2).printed("consumer-1", 0).printed("consumer-1", 1));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.claim, "the consumer is given and prints every stored record once");
  EXPECT_EQ(verdict.expected, "3 records printed, each as often as it is stored");
  EXPECT_EQ(verdict.actual, "all 3 stored records given and printed");
  EXPECT_EQ(verdict.judged, "3 printed lines against 3 stored records");
}

TEST(PrintedOnce, RecognisesARecordInWhateverFormItIsPrinted) {
  EXPECT_EQ(name_of(judge(three_stored()
                              .printed_text("consumer-1", "subscribed to t, waiting 20000 ms")
                              .printed_text("consumer-1", "b\"{'EVENT_NO_STOP': '" + sample_id(0) + "'}\"")
                              .printed_text("consumer-1", "[1] id=" + sample_id(1) + ";")
                              .printed_text("consumer-1", sample_id(2)))
                        .outcome),
            "holds");
}

/// Both partitions hold record 0 and record 1, and a consumer printed them.
Verdict judge_two_stored_twice(const std::vector<std::string>& lines) {
  HistoryOf history("t");
  history.sample(2).stored(0, 0, 0).stored(0, 1, 1).stored(1, 0, 0).stored(1, 1, 1).drained().stopped(
      "consumer-1");
  for (const std::string& line : lines) history.printed_text("consumer-1", line);
  return judge(history);
}

TEST(PrintedOnce, CountsEachMentionInALineThatShowsSeveralRecords) {
  const std::string first = sample_id(0), second = sample_id(1), both = first + ", " + second;
  EXPECT_EQ(name_of(judge_two_stored_twice({both + ", " + both}).outcome), "holds");
  EXPECT_EQ(name_of(judge_two_stored_twice({both, both}).outcome), "holds");
  EXPECT_EQ(name_of(judge_two_stored_twice({both + ", " + first, second}).outcome), "holds");
  EXPECT_EQ(name_of(judge_two_stored_twice({both + ", " + first}).outcome), "refuted");
  EXPECT_EQ(name_of(judge_two_stored_twice({both}).outcome), "refuted");
}

TEST(PrintedOnce, CountsALineThatMentionsItsOnlyRecordTwiceOnce) {
  const std::string first = sample_id(0), second = sample_id(1);
  EXPECT_EQ(name_of(judge_two_stored_twice({first + ": " + first, second + ": " + second}).outcome),
            "refuted");
}

TEST(PrintedOnce, AddsUpWhatTheProgramsOfARolePrint) {
  EXPECT_EQ(name_of(judge(three_stored()
                              .stopped("consumer-2")
                              .printed("consumer-1", 0)
                              .printed("consumer-2", 1)
                              .printed("consumer-1", 2))
                        .outcome),
            "holds");
}

TEST(PrintedOnce, DoesNotCountWhatOtherRolesPrint) {
  const Verdict verdict = judge(three_stored()
                                    .exited("producer-1")
                                    .printed("producer-1", 2)
                                    .printed("consumer-1", 0)
                                    .printed("consumer-1", 1));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "2 records printed, the topic holds 3");
}

TEST(PrintedOnce, RefutesARecordThatIsNotPrinted) {
  const History history = three_stored().printed("consumer-1", 0).printed("consumer-1", 1);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[2], history.logged[2]));
  EXPECT_EQ(
      verdict.evidence[0].note,
      "record 3 of the file (id 900000003) is stored 1 time, first at partition 1 offset 0, and is printed 0 "
      "times");
  EXPECT_NE(verdict.hint.find("given all of it"), std::string::npos);
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(PrintedOnce, RefutesARecordThatIsPrintedTwice) {
  const History history = three_stored()
                              .printed("consumer-1", 0, Stream::err)
                              .printed("consumer-1", 1, Stream::err)
                              .printed("consumer-1", 2, Stream::err)
                              .printed("consumer-1", 1, Stream::err);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "4 records printed, the topic holds 3");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines,
            lines_of(history.sample[1], history.logged[1], history.printed[1], history.printed[3]));
  EXPECT_EQ(
      verdict.evidence[0].note,
      "record 2 of the file (id 900000002) is stored 1 time, first at partition 0 offset 1, and is printed 2 "
      "times, first on line 2 of consumer-1's stderr");
  EXPECT_EQ(verdict.hint, "print each consumed record once");
  EXPECT_FALSE(verdict.is_shortfall);
}

TEST(PrintedOnce, RefutesOneRecordInPlaceOfAnother) {
  const Verdict verdict =
      judge(three_stored().printed("consumer-1", 0).printed("consumer-1", 1).printed("consumer-1", 1));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.evidence.size(), 2u);
  EXPECT_FALSE(verdict.is_shortfall);  // as many as there should be
}

TEST(PrintedOnce, RefutesRecordsFromTheFileThatTheTopicDoesNotHold) {
  HistoryOf history = three_stored();
  for (const std::size_t record : {0u, 1u, 2u, 3u}) history.printed("consumer-1", record);
  const History recorded = history;
  const Verdict verdict = judge(recorded);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(recorded.sample[3], recorded.printed[3]));
  EXPECT_EQ(
      verdict.evidence[0].note,
      "record 4 of the file (id 900000004) is not in the topic, and is printed 1 time, first on line 4 of "
      "consumer-1's stdout");
}

TEST(PrintedOnce, DoesNotBlameTheReaderForWhatTheProducerDid) {
  const std::string array = "[" + sample_text(0) + "," + sample_text(1) + "]";
  HistoryOf history("t");
  history.sample(3).stored_text(0, 0, array).stored(0, 1, 1).drained().stopped("consumer-1");  // 1 twice, 2
                                                                                               // never
  EXPECT_EQ(
      name_of(judge(HistoryOf(history).printed_text("consumer-1", array).printed("consumer-1", 1)).outcome),
      "holds");
  EXPECT_EQ(name_of(judge(HistoryOf(history).printed_text("consumer-1", array)).outcome), "refuted");
}

TEST(PrintedOnce, RefutesACountInPlaceOfRecords) {
  const Verdict verdict = judge(three_stored().printed_text("consumer-1", "3 records consumed"));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 line was printed, none of them holds a record of the 3 that the topic holds");
  EXPECT_EQ(verdict.evidence.size(), 3u);
  EXPECT_NE(verdict.hint.find("poll()"), std::string::npos);
}

TEST(PrintedOnce, RefutesSilence) {
  const Verdict verdict = judge(three_stored().committed(0, 2).committed(1, 1));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "0 records printed, the topic holds 3");
  EXPECT_NE(verdict.hint.find("flush"), std::string::npos);
}

// Several lines about one record.

HistoryOf each_mentioned_twice() {
  HistoryOf history = three_stored();
  for (const std::size_t record : {0u, 1u, 2u})
    history.printed_text("consumer-1", "got " + sample_id(record)).printed("consumer-1", record);
  return history;
}

TEST(PrintedOnce, LetsEachRecordBeMentionedTwiceWhereThereIsNoPattern) {
  EXPECT_EQ(name_of(judge(each_mentioned_twice()).outcome), "holds");
}

TEST(PrintedOnce, CountsEveryMatchWhereThereIsAPattern) {
  const Verdict verdict = judge(each_mentioned_twice().pattern("(?<value>.*)"));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "6 records printed, the topic holds 3");
}

TEST(PrintedOnce, RefutesMentionsThatAreNotAlikeForAllRecords) {
  EXPECT_EQ(name_of(judge(each_mentioned_twice().printed("consumer-1", 0)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(three_stored()  // six in all, but 3, 2 and 1
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 1)
                              .printed("consumer-1", 1)
                              .printed("consumer-1", 2))
                        .outcome),
            "refuted");
}

// Two streams.

TEST(PrintedOnce, IsContentWithOneStreamThatIsRight) {
  for (const auto& [right, other] :
       {std::pair(Stream::out, Stream::err), std::pair(Stream::err, Stream::out)}) {
    HistoryOf history = three_stored();
    for (const std::size_t record : {0u, 1u, 2u}) history.printed("consumer-1", record, right);
    EXPECT_EQ(name_of(judge(history.printed("consumer-1", 1, other)).outcome), "holds");
  }
}

TEST(PrintedOnce, HoldsForTheSameOutputOnBothStreamsWithAPattern) {
  HistoryOf history = three_stored();
  history.pattern("(?<value>{.*})");
  for (const std::size_t record : {0u, 1u, 2u})
    history.printed("consumer-1", record, Stream::out).printed("consumer-1", record, Stream::err);
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(PrintedOnce, HoldsForOutputThatIsSpreadOverBothStreams) {
  EXPECT_EQ(name_of(judge(three_stored()
                              .printed("consumer-1", 0, Stream::err)
                              .printed("consumer-1", 1)
                              .printed("consumer-1", 2, Stream::err))
                        .outcome),
            "holds");
}

TEST(PrintedOnce, RefutesTwoStreamsOfWhichNeitherIsRight) {
  EXPECT_EQ(name_of(judge(three_stored()
                              .printed("consumer-1", 0, Stream::err)
                              .printed("consumer-1", 1, Stream::err)
                              .printed("consumer-1", 1)
                              .printed("consumer-1", 2))
                        .outcome),
            "refuted");
}

TEST(PrintedOnce, ReadsEveryLineWhenThePatternMatchesNothingAndRecordsArePrinted) {
  HistoryOf printed = three_stored();
  printed.pattern("got (?<value>.*)");
  for (const std::size_t record : {0u, 1u, 2u})
    printed.unmatched("consumer-1", "read " + sample_text(record));
  const Verdict verdict = judge(printed);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_NE(verdict.judged.find("output.consumed of submission.json matches no line"), std::string::npos);
}

// As of a producer that sends the file's lines as they are, and strips only what is before the last comma.
TEST(PrintedOnce, FindsARecordThatIsStoredWithALineBreakWhereThePatternStops) {
  const auto two_stored = [] {
    HistoryOf history("t");
    history.sample(2).stored(0, 0, 0).stored_text(0, 1, sample_text(1) + "\n").drained();
    history.stopped("consumer-1").overheard("consumer-1");
    return history.delivered("consumer-1", 0, {0, 1}).pattern("got (?<value>.*), (?<key>.*)");
  };
  const std::string second = "got " + sample_text(1);
  EXPECT_EQ(name_of(judge(two_stored().printed("consumer-1", 0).unmatched("consumer-1", second)).outcome),
            "holds");
  EXPECT_EQ(name_of(judge(two_stored().printed("consumer-1", 0)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(two_stored()
                              .unmatched("consumer-1", "got " + sample_text(0))
                              .printed("consumer-1", 1)
                              .unmatched("consumer-1", second))
                        .outcome),
            "refuted")
      << "the first is stored in one line, and the second is printed twice";
}

TEST(PrintedOnce, MissesARecordAlsoWhenThePatternMatchesNothing) {
  const Verdict verdict =
      judge(three_stored().pattern("got (?<value>.*)").unmatched("consumer-1", "read " + sample_text(0)));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 record printed, the topic holds 3");
}

// Without a pattern every line counts that shows a record.
TEST(PrintedOnce, LetsALineOfProgressPassNowAndThen) {
  HistoryOf history("t");
  history.sample(4).stopped("consumer-1");
  for (std::size_t i = 0; i < 4; ++i) history.stored(0, static_cast<std::int64_t>(i), i);
  history.drained();
  const auto told = [&](const std::vector<std::string>& lines) {
    HistoryOf some = history;
    for (const std::string& line : lines) some.printed_text("consumer-1", line);
    return name_of(judge(some).outcome);
  };
  const auto consumed = [](std::size_t i) { return "3: consumed " + sample_id(i); };
  const std::vector<std::string> all{consumed(0), consumed(1), "progress: 2, the last is " + sample_id(1),
                                     consumed(2), consumed(3)};
  EXPECT_EQ(told(all), "holds");
  EXPECT_EQ(told({all[0], all[1], all[2], all[3]}), "refuted") << "one is missing";
  EXPECT_EQ(told({all[0], all[1], all[1], all[3], all[4]}), "refuted") << "one is there twice";
}

}  // namespace
}  // namespace klab
