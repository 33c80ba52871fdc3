#include "checks/sending/goes_on_unacknowledged.hpp"

#include <gtest/gtest.h>

#include "checks/sending/paced_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return goes_on_unacknowledged(history, "t", "flush_paced", Pace{}); }
Verdict judge(const PacedHabits& habits) { return judge(paced_history(habits)); }

/// From this record on everything is so much later; what came before is acknowledged when it was.
std::vector<PacedRecord> later_from(std::vector<PacedRecord> records, std::size_t number, Moment by) {
  shift(records, number, records.size(), by);
  return records;
}

TEST(GoesOnUnacknowledged, HoldsForFlushesAfterEveryFifteenth) {
  const Verdict verdict = judge(PacedHabits{});
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "2 pauses while acknowledgements were kept back");
  EXPECT_EQ(name_of(judge({.flush_every = 0}).outcome), "holds") << "that is another check's concern";
  EXPECT_EQ(name_of(judge({.pause_every = 15}).outcome), "holds");
}

TEST(GoesOnUnacknowledged, RefutesAFlushAtEachPause) {
  for (const bool flushes_first : {false, true}) {
    const Verdict verdict = judge({.flush_every = 5, .flushes_first = flushes_first});
    EXPECT_EQ(name_of(verdict.outcome), "refuted") << flushes_first;
    EXPECT_EQ(verdict.actual, "it waited for acknowledgements at 2 of 2 pauses");
    EXPECT_EQ(verdict.evidence.size(), 2u);
  }
}

TEST(GoesOnUnacknowledged, RefutesAFlushAfterEachRecord) {
  EXPECT_EQ(name_of(judge({.flush_every = 1, .flushes_first = true}).outcome), "refuted");
  EXPECT_EQ(name_of(judge({.flush_every = 1}).outcome), "refuted");
}

TEST(GoesOnUnacknowledged, PointsAtTheRecordsAroundThePause) {
  const History history = paced_history({.flush_every = 5});
  const Verdict verdict = judge(history);
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sent[19], history.sent[20]));
}

// Its client has few requests in flight: what it went on with in time arrives when acknowledgements do.
TEST(GoesOnUnacknowledged, GoesByTimestampsWhereTheClientWaitsAndNotTheProgram) {
  auto records = paced_records({});
  for (std::size_t i = 20; i < 30; ++i)
    records[i].arrived = std::max(records[i].arrived, records[19].acknowledged);
  for (std::size_t i = 20; i < 30; ++i) records[i].acknowledged = records[i].arrived + 4500ms;
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "holds");
}

// A count that begins again with 1 in place of 0: flushes after 15, 29, 43.
TEST(GoesOnUnacknowledged, RefutesAFlushBetweenPauses) {
  auto records = paced_records({});
  const Moment released = records[28].acknowledged;
  ASSERT_GT(released - records[28].created, 4500ms);
  records = later_from(records, 30, released - records[29].created);
  const Verdict verdict = judge(history_of_paced(records));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "it waited for acknowledgements after record 29");
  EXPECT_EQ(verdict.evidence.size(), 1u);
}

// A count from 0 flushes after record 31, and goes on behind record 35 without a pause.
TEST(GoesOnUnacknowledged, DoesNotBlameAPauseThatIsNotThereForAFlushBefore) {
  auto records = paced_records({.flush_every = 0});
  records[30].acknowledged = records[29].acknowledged;
  records = later_from(records, 32, records[30].acknowledged + 1ms - records[31].created);
  records = later_from(records, 36, records[34].created - records[35].created);
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "undecided");
}

// Also where it waits for a delivery report for some seconds, after each record or at the pause.
TEST(GoesOnUnacknowledged, TakesNoLongerPauseForAFlush) {
  for (const Moment pause : {3s, 4s, 6s}) EXPECT_NE(name_of(judge({.pause = pause}).outcome), "refuted");
  EXPECT_EQ(name_of(judge({.pause = 4s}).outcome), "holds");
}

// That a flush comes a record late is another check's concern.
TEST(GoesOnUnacknowledged, LetsAFlushBeLate) {
  auto records = paced_records({.flush_every = 0});
  records = later_from(records, 17, records[15].acknowledged - records[16].created);
  EXPECT_NE(name_of(judge(history_of_paced(records)).outcome), "refuted");
  for (const std::size_t late : {1, 2, 4}) {
    const Verdict verdict = judge({.flushes_late_by = late});
    EXPECT_EQ(name_of(verdict.outcome), "holds") << late << ": " << verdict.actual;
  }
}

TEST(GoesOnUnacknowledged, TakesNoStallForAFlushThatEndsBeforeOrAfterTheAcknowledgement) {
  for (const Moment by : {-400ms, 400ms}) {
    auto records = paced_records({});
    records = later_from(records, 30, records[28].acknowledged + by - records[29].created);
    EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "holds") << by.count();
  }
}

// Timestamps are cut to milliseconds, and their clock may be a little behind.
TEST(GoesOnUnacknowledged, RefutesAFlushWhoseNextRecordSeemsOlderThanTheAcknowledgementByTheClocksError) {
  auto records = paced_records({.flush_every = 5});
  for (PacedRecord& record : records) record.created -= 15ms;
  const Verdict verdict = judge(history_of_paced(records));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "it waited for acknowledgements at 2 of 2 pauses");
}

// A machine that stood still for a while makes nobody flush.
TEST(GoesOnUnacknowledged, IsUndecidedForOneThatWasJustSlow) {
  const Verdict verdict = judge(history_of_paced(later_from(paced_records({}), 21, 3200ms)));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "it went on late, but not as one does that flushes");
}

TEST(GoesOnUnacknowledged, TakesWhatTheWireShowsWhereTimestampsSayNothing) {
  for (const std::size_t flush_every : {15, 5}) {
    auto records = paced_records({.flush_every = flush_every});
    for (PacedRecord& record : records) record.created -= 24h;
    const Verdict verdict = judge(history_of_paced(records));
    EXPECT_EQ(name_of(verdict.outcome), flush_every == 15 ? "holds" : "undecided");
    for (const Evidence& evidence : verdict.evidence)
      EXPECT_EQ(evidence.note.find(" at -"), std::string::npos) << "of a day before: " << evidence.note;
  }
}

TEST(GoesOnUnacknowledged, IsUndecidedWhenNothingWasKeptBack) {
  EXPECT_EQ(judge({.is_held = false}).actual,
            "no acknowledgement of flush_paced-1 could be kept back before a pause");
  EXPECT_EQ(name_of(judge({.records = 15}).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").sample(1).exited("flush_paced-1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
