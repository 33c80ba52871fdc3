// What the wire adds to what was printed: whether the broker had given it to the program by then.

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"
#include "checks/printed/printed_once.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

HistoryOf two_stored() {
  HistoryOf history("t");
  history.sample(3).stored(0, 0, 0).stored(1, 4, 1).drained().stopped("consumer-1");
  return history;
}

Verdict judge(const History& history) { return printed_once(history, "t", "consumer"); }

TEST(PrintedOnceGiven, HoldsWhenEachRecordWasGivenBeforeItWasPrinted) {
  const Verdict verdict = judge(two_stored()
                                    .overheard("consumer-1")
                                    .at(1s)
                                    .delivered("consumer-1", 0, {0})
                                    .printed("consumer-1", 0)
                                    .at(2s)
                                    .delivered("consumer-1", 1, {4})
                                    .printed("consumer-1", 1));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "all 2 stored records given and printed");
}

TEST(PrintedOnceGiven, RefutesRecordsThatWereNeverGiven) {
  const History history =
      two_stored().overheard("consumer-1").at(1500ms).printed("consumer-1", 0).printed("consumer-1", 1);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual,
            "2 records are printed before they were received: the broker never gave the consumer any record");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[0], history.printed[0]));
  EXPECT_EQ(verdict.evidence[0].note,
            "record 1 of the file (id 900000001) is on line 1 of consumer-1's stdout at 1.500 s, but the "
            "broker never gave "
            "it to consumer-1");
  EXPECT_FALSE(verdict.is_shortfall);
}

TEST(PrintedOnceGiven, RefutesARecordThatIsPrintedTooEarly) {
  const Verdict verdict = judge(two_stored()
                                    .overheard("consumer-1")
                                    .at(1s)
                                    .delivered("consumer-1", 0, {0})
                                    .printed("consumer-1", 0)
                                    .printed("consumer-1", 1)
                                    .at(1001ms)
                                    .delivered("consumer-1", 1, {4}));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual,
            "one record is printed before they were received: the broker gave the consumer 2 messages");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_NE(verdict.evidence[0].note.find("not before 1.001 s"), std::string::npos);
}

TEST(PrintedOnceGiven, DoesNotCountWhatAnotherProgramWasGiven) {
  EXPECT_EQ(name_of(judge(two_stored()
                              .stopped("consumer-2")
                              .overheard("consumer-1")
                              .overheard("consumer-2")
                              .delivered_all("consumer-2")
                              .printed("consumer-1", 0)
                              .printed("consumer-2", 1))
                        .outcome),
            "refuted");
}

/// One record that is stored twice, and a consumer that was given the first copy at 1 s and the second at 2
/// s.
HistoryOf one_stored_twice() {
  HistoryOf history("t");
  history.sample(1).stored(0, 0, 0).stored(1, 0, 0).drained().stopped("consumer-1").overheard("consumer-1");
  history.at(2s).delivered("consumer-1", 0, {0}).at(1s).delivered("consumer-1", 1, {0});
  return history;
}

TEST(PrintedOnceGiven, AsksForACopyForEachPrint) {
  EXPECT_EQ(
      name_of(
          judge(one_stored_twice().at(1s).printed("consumer-1", 0).at(2s).printed("consumer-1", 0)).outcome),
      "holds");
  EXPECT_EQ(
      name_of(judge(one_stored_twice().at(1s).printed("consumer-1", 0).at(1500ms).printed("consumer-1", 0))
                  .outcome),
      "refuted");
}

TEST(PrintedOnceGiven, LetsAProgramWithoutAPatternMentionACopyTwice) {
  EXPECT_EQ(name_of(judge(two_stored()
                              .overheard("consumer-1")
                              .delivered_all("consumer-1")
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 1)
                              .printed("consumer-1", 1))
                        .outcome),
            "holds");
}

TEST(PrintedOnceGiven, LetsBothStreamsShowTheSame) {
  EXPECT_EQ(name_of(judge(two_stored()
                              .pattern("(?<value>.*)")
                              .overheard("consumer-1")
                              .delivered_all("consumer-1")
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 0, Stream::err)
                              .printed("consumer-1", 1)
                              .printed("consumer-1", 1, Stream::err))
                        .outcome),
            "holds");
}

TEST(PrintedOnceGiven, IsUndecidedWhereNothingOrNotAllWasHeard) {
  const auto printed = [](HistoryOf history) {
    return history.printed("consumer-1", 0).printed("consumer-1", 1);
  };
  const Verdict unheard = judge(printed(two_stored()));
  EXPECT_EQ(name_of(unheard.outcome), "undecided");
  EXPECT_EQ(unheard.actual,
            "what consumer-1 and the broker said to each other was not heard in full, so that what it "
            "printed may be "
            "forged");
  EXPECT_EQ(name_of(judge(printed(two_stored().overheard("consumer-1", 1))).outcome), "undecided");
}

TEST(PrintedOnceGiven, TellsAReaderThatStoppedTooEarlyFromOneThatPassesOverRecords) {
  const auto hint = [](HistoryOf history) { return judge(history.printed("consumer-1", 0)).hint; };
  EXPECT_NE(hint(two_stored().overheard("consumer-1").delivered("consumer-1", 0, {0})).find("earliest"),
            std::string::npos);
  EXPECT_NE(hint(two_stored().overheard("consumer-1").delivered_all("consumer-1")).find("given all of it"),
            std::string::npos);
}

TEST(PrintedOnceGiven, StillRefutesWrongCountsWhereNothingWasHeard) {
  EXPECT_EQ(name_of(judge(two_stored().printed("consumer-1", 0)).outcome), "refuted");
}

}  // namespace
}  // namespace klab
