#include "checks/stored/stored_times.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(StoredTimes, HoldsWhenEachRecordIsStoredOnce) {
  const Verdict verdict = stored_times(
      HistoryOf("t").sample(3).stored(0, 0, 0).stored(1, 0, 1).stored(0, 1, 2).drained(), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.claim, "every record of the sample is stored 1 time");
  EXPECT_EQ(verdict.actual, "3 records, each 1 time");
  EXPECT_FALSE(verdict.is_shortfall);
  EXPECT_EQ(verdict.judged, "3 records of the sample in 3 messages of the log");
}

TEST(StoredTimes, RefutesARecordThatIsMissing) {
  const History history = HistoryOf("t").sample(3).stored(0, 0, 0).stored(1, 0, 1).drained();
  const Verdict verdict = stored_times(history, "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "of 3 records, 1 is not stored");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[2]));
  EXPECT_EQ(verdict.evidence[0].note, "record 3 of the file (id 900000003) is not in the log");
  EXPECT_TRUE(verdict.is_shortfall);
  EXPECT_TRUE(verdict.hint.starts_with("does the producer wait for its last messages?")) << verdict.hint;
  const History from_the_second = HistoryOf("t").sample(3).stored(0, 0, 1).stored(1, 0, 2).drained();
  const History only_the_first = HistoryOf("t").sample(3).stored(0, 0, 0).drained();
  for (const History& other : {from_the_second, only_the_first})
    EXPECT_TRUE(
        stored_times(other, "t", 1).hint.starts_with("does the producer send each record, the first"));
}

TEST(StoredTimes, RefutesARecordThatIsStoredTwice) {
  const History history = HistoryOf("t").sample(2).stored(0, 0, 0).stored(1, 0, 1).stored(0, 5, 1).drained();
  const Verdict verdict = stored_times(history, "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "of 2 records, 1 is stored too many times");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[1], history.logged[2], history.logged[1]));
  EXPECT_EQ(
      verdict.evidence[0].note,
      "record 2 of the file (id 900000002) is stored 2 times: partition 0 offset 5, partition 1 offset 0");
  EXPECT_NE(verdict.hint.find("sent again"), std::string::npos);
  EXPECT_FALSE(verdict.is_shortfall);
}

TEST(StoredTimes, HoldsForTwoProducersThatEachSentTheWholeSample) {
  const Verdict verdict =
      stored_times(HistoryOf("t").sample(1).stored(0, 0, 0).stored(1, 0, 0).drained(), "t", 2);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.claim, "every record of the sample is stored 2 times");
}

TEST(StoredTimes, TellsMissingScarceAndSurplusRecordsApart) {
  HistoryOf history("t");
  history.sample(4).stored(0, 0, 0).stored(0, 1, 0);                  // twice, as it should be
  history.stored(0, 2, 1);                                            // once
  history.stored(0, 3, 2).stored(0, 4, 2).stored(1, 0, 2).drained();  // three times; the fourth not at all
  const Verdict verdict = stored_times(history, "t", 2);
  EXPECT_EQ(verdict.actual,
            "of 4 records, 1 is not stored, 1 is stored too few times, 1 is stored too many times");
  ASSERT_EQ(verdict.evidence.size(), 3u);
  EXPECT_EQ(verdict.evidence[0].note,
            "record 2 of the file (id 900000002) is stored 1 time: partition 0 offset 2");
  EXPECT_NE(verdict.hint.find("flush()"), std::string::npos);
}

TEST(StoredTimes, RefutesATopicThatWasDeleted) {
  const History history = HistoryOf("t").sample(1).looked("", {});
  const Verdict verdict = stored_times(history, "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "topic t was deleted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.topic_looks[0]));
}

TEST(StoredTimes, DoesNotMindATopicThatWasThereAgain) {
  HistoryOf history("t");
  history.sample(1).looked("", {}).looked("id", {{.partition = 0, .first = 0, .end = 1}}).stored(0, 0, 0);
  EXPECT_EQ(name_of(stored_times(history.drained(), "t", 1).outcome), "holds");
}

TEST(StoredTimes, HintsAtFlushWhenARecordIsStoredTooFewTimes) {
  const Verdict verdict = stored_times(HistoryOf("t").sample(1).stored(0, 0, 0).drained(), "t", 2);
  EXPECT_EQ(verdict.actual, "of 1 records, 1 is stored too few times");
  EXPECT_TRUE(verdict.is_shortfall);
  EXPECT_NE(verdict.hint.find("flush()"), std::string::npos);
}

TEST(StoredTimes, CountsRecordsWhereverMessagesHoldThem) {
  const std::string array = "[" + sample_text(0) + "," + sample_text(1) + "]";
  const std::string python = "{'EVENT_NO_STOP': '" + sample_id(2) + "'}";
  const Verdict verdict = stored_times(
      HistoryOf("t").sample(3).stored_text(0, 0, array).stored_text(1, 0, python).drained(), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "3 records of the sample in 2 messages of the log");
}

TEST(StoredTimes, AsksForNoContiguousOffsets) {
  const Verdict verdict =
      stored_times(HistoryOf("t").sample(2).stored(0, 3, 0).stored(0, 1'000'000'000, 1).drained(), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
}

TEST(StoredTimes, PassesOverMessagesThatAreNoRecords) {
  const Verdict verdict = stored_times(
      HistoryOf("t").sample(1).stored_null(0, 0).stored_text(0, 1, "hello").stored(0, 2, 0).drained(), "t",
      1);
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "1 record of the sample in 3 messages of the log");
}

TEST(StoredTimes, DoesNotCountWhatAnotherTopicHolds) {
  const History history =
      HistoryOf("other").sample(1).stored(0, 0, 0).drained().topic("t", 1).stored(0, 0, 0).drained();
  EXPECT_EQ(name_of(stored_times(history, "t", 1).outcome), "holds");
  const History elsewhere = HistoryOf("other").sample(1).stored(0, 0, 0).drained().topic("t", 1).drained();
  EXPECT_EQ(name_of(stored_times(elsewhere, "t", 1).outcome), "refuted");
}

TEST(StoredTimes, RefutesATopicThatWasReadToItsEndAndIsEmpty) {
  const Verdict verdict = stored_times(HistoryOf("t").sample(20).drained(), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "topic t is empty");
  EXPECT_TRUE(verdict.is_shortfall);
  EXPECT_TRUE(verdict.evidence.empty()) << "every record is missing: naming eight of them would say less";
}

TEST(StoredTimes, NamesTheTopicThatAProgramAskedForInstead) {
  History history = HistoryOf("t").sample(20).drained();
  history.topics_refused = {
      {.line = 7, .program = "producer-1", .at = Moment(1'500'000), .topic = "breadcrumbs"}};
  const Verdict verdict = stored_times(history, "t", 1);
  EXPECT_EQ(verdict.actual, "topic t is empty");
  EXPECT_EQ(verdict.hint, "send to {topic}: the name is another in each run");
  EXPECT_EQ(verdict.evidence.at(0).note,
            "producer-1 asked for topic breadcrumbs at 1.500 s, and there is none of that name");
  EXPECT_EQ(verdict.evidence.at(0).lines, std::vector<Line>{7});
  history.topics_refused[0].topic = "t";
  EXPECT_TRUE(stored_times(history, "t", 1).evidence.empty());
}

TEST(StoredTimes, SaysOfATopicInWhichNothingWasCommittedThatItIsNotEmpty) {
  const History history = HistoryOf("t")
                              .sample(2)
                              .stored(0, 0, 0)
                              .in_state(RecordState::aborted)
                              .stored(0, 1, 1)
                              .in_state(RecordState::open)
                              .drained();
  const Verdict verdict = stored_times(history, "t", 1);
  EXPECT_EQ(verdict.actual, "topic t holds 2 messages, none of them committed");
  EXPECT_NE(verdict.hint.find("commit the transaction"), std::string::npos);
}

TEST(StoredTimes, RefutesATopicOfSomethingElseInOneSentence) {
  const Verdict verdict =
      stored_times(HistoryOf("t").sample(20).stored_text(0, 0, "hello").drained(), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "none of the 1 messages in topic t holds a record of this run's sample");
}

TEST(StoredTimes, ShowsEightOfManyMissingRecordsAndCountsTheRest) {
  const Verdict verdict = stored_times(HistoryOf("t").sample(20).stored(0, 0, 0).drained(), "t", 1);
  EXPECT_EQ(verdict.actual, "of 20 records, 19 are not stored");
  EXPECT_EQ(verdict.evidence.size(), 8u);
  EXPECT_EQ(verdict.evidence_left_out, 11u);
}

struct SentAgain : testing::Test {
  /// Stored twice; the first time it was acknowledged at `acknowledged`, if ever, the tap kept back those of
  /// 1 s to 4 s, and the program sent it again at `again`.
  static Verdict judged(std::optional<Moment> acknowledged, Moment again) {
    HistoryOf history("t");
    history.sample(2).stored(0, 0, 0).stored(0, 1, 1).stored(0, 2, 1).drained();
    history.at(1s).sent("producer-1", 0, {0, 1}).acknowledgements_held("producer-1", 4s);
    if (acknowledged) history.at(*acknowledged).answered(0);
    history.at(again).sent("producer-1", 0, {1});
    return stored_times(history, "t", 1);
  }
};

TEST_F(SentAgain, HoldsWhereTheTapKeptTheAcknowledgementBack) {
  for (const auto acknowledged : {std::optional<Moment>(), std::optional<Moment>(4s)}) {
    const Verdict verdict = judged(acknowledged, 2s);
    EXPECT_EQ(name_of(verdict.outcome), "holds");
    EXPECT_EQ(
        verdict.actual,
        "2 records, each 1 time, but for 1 copy sent again while the grader kept acknowledgements back");
  }
}

// It takes a while to connect again.
TEST_F(SentAgain, HoldsWhereItsConnectionHadEndedMeanwhile) {
  HistoryOf history("t");
  history.sample(1).stored(0, 0, 0).stored(0, 1, 0).drained();
  history.at(1s).sent("producer-1", 0, {0}).acknowledgements_held("producer-1", 4s);
  history.at(3s).disconnected("producer-1");
  history.at(4s).answered(0);
  history.at(5s).sent("producer-1", 0, {0});
  EXPECT_EQ(name_of(stored_times(history, "t", 1).outcome), "holds");
}

TEST_F(SentAgain, IsRefutedAfterThat) {
  EXPECT_EQ(name_of(judged(4s, 5s).outcome), "refuted");
  EXPECT_EQ(name_of(judged({}, 5s).outcome), "refuted") << "the tap kept nothing back any more";
  EXPECT_EQ(name_of(judged(1s, 2s).outcome), "refuted") << "it had been told";
}

TEST_F(SentAgain, IsRefutedWhereOnlyAnothersAcknowledgementsWereKeptBack) {
  HistoryOf history("t");
  history.sample(1).stored(0, 0, 0).stored(0, 1, 0).drained();
  history.at(1s).sent("producer-1", 0, {0}).acknowledgements_held("producer-2", 4s);
  history.at(2s).sent("producer-1", 0, {0});
  EXPECT_EQ(name_of(stored_times(history, "t", 1).outcome), "refuted");
}

TEST_F(SentAgain, ExcusesNoMoreCopiesThanWereSent) {
  HistoryOf history("t");
  history.sample(1).stored(0, 0, 0).stored(0, 1, 0).stored(0, 2, 0).drained();
  history.at(1s).sent("producer-1", 0, {0}).acknowledgements_held("producer-1", 4s);
  history.at(2s).sent("producer-1", 0, {0});
  EXPECT_EQ(name_of(stored_times(history, "t", 1).outcome), "refuted");
}

TEST(StoredTimes, IsUndecidedWithoutASample) {
  const Verdict verdict = stored_times(HistoryOf("t").drained(), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "no sample was handed out");
}

TEST(StoredTimes, IsUndecidedWhenAPartitionWasNotReadToItsEnd) {
  const Verdict verdict = stored_times(HistoryOf("t", 2).sample(1).stored(0, 0, 0).drained(0, 0, 1), "t", 1);
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "topic t was not read to its end");
}

}  // namespace
}  // namespace klab
