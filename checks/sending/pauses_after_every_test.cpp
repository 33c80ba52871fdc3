#include "checks/sending/pauses_after_every.hpp"

#include <gtest/gtest.h>

#include "checks/sending/paced_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return pauses_after_every(history, "t", "flush_paced", Pace{}); }
Verdict judge(const PacedHabits& habits) { return judge(paced_history(habits)); }

TEST(PausesAfterEvery, HoldsForPausesAfterEveryFifth) {
  const Verdict verdict = judge(PacedHabits{});
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "9 pauses after 48 records, by the records' timestamps");
  EXPECT_EQ(name_of(judge({.flushes_first = true}).outcome), "holds");
}

// Nothing is on the wire before the flush, and yet the program paused in time.
TEST(PausesAfterEvery, GoesByTimestampsWhereRecordsLinger) {
  auto records = paced_records({});
  for (std::size_t i = 0; i < 15; ++i) records[i].arrived = records[14].created + 2s;
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "holds");
}

TEST(PausesAfterEvery, RefutesPausesAfterEveryFifteenthOnly) {
  const History history = paced_history({.pause_every = 15});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "6 of 9 pauses missing; it pauses after record 15, 30, 45");
  ASSERT_EQ(verdict.evidence.size(), 6u);
  EXPECT_EQ(verdict.evidence[0].note, "record 6 was sent 0.001 s after record 5");
  EXPECT_EQ(verdict.evidence[0].lines,
            lines_of(history.sent[4], history.logged[4], history.sent[5], history.logged[5]));
}

TEST(PausesAfterEvery, AllowsForATenthOfASecond) {
  EXPECT_EQ(name_of(judge({.pause = 1900ms}).outcome), "holds");
  EXPECT_EQ(judge({.pause = 1898ms}).actual, "6 of 8 pauses missing; it pauses after record 15, 30")
      << "where flushes wait longer; the first is not judged, for the client may have connected late";
}

// confluent-kafka's AIOProducer hands over what it was given once a second, and the rest when it is closed.
TEST(PausesAfterEvery, IsUndecidedWhereOnlyTheLastPauseIsShortByASecond) {
  const auto with_last = [](Moment gap) {
    auto records = paced_records({});
    const Moment early = records[45].created - records[44].created - gap;
    shift(records, 46, 48, -early);
    return judge(history_of_paced(records));
  };
  EXPECT_EQ(name_of(with_last(982ms).outcome), "undecided");
  EXPECT_EQ(with_last(982ms).actual,
            "all pauses but the last are there, and that one may be: 0.982 s, and a client that sends once a "
            "second "
            "what it was given hides as much of it");
  EXPECT_EQ(name_of(with_last(899ms).outcome), "refuted");
}

// kafkajs sets timestamps when it sends: the first records waited for the connection.
TEST(PausesAfterEvery, AllowsForTheTimeInWhichTheClientConnects) {
  auto records = paced_records({});
  for (std::size_t i = 0; i < 5; ++i)
    for (Moment PacedRecord::*time : {&PacedRecord::created, &PacedRecord::arrived})
      records[i].*time += 900ms;
  const Verdict verdict = judge(history_of_paced(records));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "8 pauses after 48 records, by the records' timestamps");
  for (std::size_t i = 5; i < 10; ++i)
    for (Moment PacedRecord::*time : {&PacedRecord::created, &PacedRecord::arrived})
      records[i].*time += 900ms;
  EXPECT_EQ(judge(history_of_paced(records)).actual,
            "1 of 9 pauses missing; it pauses after record 5, 15, 20, 25, 30, ..")
      << "it is connected by then";
}

// kafkajs on a busy machine: it got to one of the five, or to all, a moment late.
TEST(PausesAfterEvery, AllowsForAClientThatSetsTimestampsLate) {
  for (const std::size_t first : {6, 9}) {
    auto records = paced_records({});
    shift(records, first, 10, 300ms);
    const Verdict verdict = judge(history_of_paced(records));
    EXPECT_EQ(name_of(verdict.outcome), "holds") << first;
    EXPECT_EQ(verdict.actual, "8 pauses of at least 2 s");
  }
  auto records = paced_records({});
  shift(records, 11, 48, -300ms);
  EXPECT_EQ(judge(history_of_paced(records)).actual.substr(0, 20), "1 of 9 pauses missin")
      << "early, not late";
}

TEST(PausesAfterEvery, IsUndecidedWhereManyPausesMayBeShort) {
  auto records = paced_records({});
  for (const std::size_t number : {10, 20, 25, 40}) shift(records, number, number, 300ms);
  const Verdict verdict = judge(history_of_paced(records));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "4 of 9 pauses may be there, on a machine that is too busy to tell");
}

TEST(PausesAfterEvery, TakesNoHabitForALateTimestamp) {
  auto records = paced_records({.pause = 1500ms});
  for (std::size_t number = 2; number <= 48; ++number) shift(records, number, records.size(), 100ms);
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "refuted") << "a tenth between records";
  EXPECT_EQ(name_of(judge({.pause_every = 1, .pause = 1800ms}).outcome), "refuted") << "after every record";
}

TEST(PausesAfterEvery, RefutesAFirstPauseThatIsShorterThanConnectingExplains) {
  auto records = paced_records({});
  shift(records, 6, records.size(), -1200ms);
  EXPECT_EQ(judge(history_of_paced(records)).actual.substr(0, 20), "1 of 9 pauses missin");
}

TEST(PausesAfterEvery, RefutesPausesAfterEveryRecord) {
  const Verdict verdict = judge({.pause_every = 1});
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "38 pauses after other records as well");
}

TEST(PausesAfterEvery, MindsNoSinglePauseMore) {
  auto records = paced_records({});
  shift(records, 8, records.size(), 5s);
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "holds");
}

TEST(PausesAfterEvery, TakesPausesThatTheWireShowsWhereTimestampsSayNothing) {
  auto records = paced_records({});
  for (PacedRecord& record : records) record.created -= 24h;
  const Verdict verdict = judge(history_of_paced(records));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "8 pauses after 48 records, by their arrival");
}

// Timestamps that claim pauses which the wire rules out.
TEST(PausesAfterEvery, IsUndecidedForForgedTimestamps) {
  auto records = paced_records({.pause_every = 0, .is_held = false});
  for (std::size_t i = 0; i < records.size(); ++i) records[i].created += (i / 5) * 2s;
  const auto lived_long = [&] {
    History history = history_of_paced(records);
    history.programs[0].ended = 60s;
    return history;
  };
  EXPECT_EQ(judge(history_of_paced(records)).actual,
            "flush_paced-1 lived for 1.500 s, too short for 9 pauses");
  const Verdict verdict = judge(lived_long());
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual,
            "the wire does not show the pauses, and the timestamp of record 6 of the file is later than its "
            "arrival at the broker");
  for (std::size_t i = 0; i < records.size(); ++i) records[i].created -= 18s;
  EXPECT_EQ(name_of(judge(lived_long()).outcome), "undecided") << "older than the program";
}

TEST(PausesAfterEvery, IsUndecidedWhenNoPauseWasDue) {
  EXPECT_EQ(judge({.records = 5}).actual, "flush_paced-1 sent 5 records, so no pause was due");
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").sample(1).exited("flush_paced-1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
