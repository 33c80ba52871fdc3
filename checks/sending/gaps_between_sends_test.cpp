#include "checks/sending/gaps_between_sends.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return gaps_between_sends(history, "t", "slow_producer", {}); }

/// slow_producer-1 creates records after these gaps; each arrives so much later.
HistoryOf with_gaps(const std::vector<Moment>& gaps, Moment linger = 1ms) {
  HistoryOf history("t", 1);
  history.sample(gaps.size() + 1);
  Moment now = 1s;
  for (std::size_t i = 0; i <= gaps.size(); ++i) {
    const auto offset = static_cast<std::int64_t>(i);
    history.at(now + linger)
        .sent("slow_producer-1", 0, {i})
        .answered(offset)
        .stored(0, offset, i)
        .created(now);
    if (i < gaps.size()) now += gaps[i];
  }
  history.exited("slow_producer-1").overheard("slow_producer-1");
  return history;
}

std::vector<Moment> ten(Moment gap) { return std::vector<Moment>(10, gap); }

TEST(GapsBetweenSends, HoldsFor250MillisecondsAndTheirAllowance) {
  const Verdict verdict = judge(with_gaps(ten(251ms)));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "10 gaps of 1 program");
  EXPECT_EQ(name_of(judge(with_gaps(ten(245ms))).outcome), "holds");
  EXPECT_EQ(name_of(judge(with_gaps(ten(244ms))).outcome), "refuted");
  EXPECT_EQ(name_of(judge(with_gaps(ten(1000ms))).outcome), "holds");
}

TEST(GapsBetweenSends, IsUndecidedWhereGapsAreLongerThanTheWaitAlone) {
  const Verdict verdict = judge(with_gaps(ten(1270ms)));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual,
            "half of the gaps of slow_producer-1 are 1.270 s or more: it waits for 0.25 s, and what else "
            "cannot be told");
}

TEST(GapsBetweenSends, RefutesOneWithoutWaits) {
  const History history = with_gaps(ten(1ms));
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 1 program does not wait so");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.programs[0], history.sent[0]));
  EXPECT_EQ(verdict.evidence[0].note,
            "slow_producer-1 sent 11 records within 0.010 s; half of the gaps are 0.001 s or less");
}

TEST(GapsBetweenSends, RefutesOneLongGapAmongShortOnes) {
  auto gaps = ten(1ms);
  gaps[0] = 10s;
  EXPECT_EQ(name_of(judge(with_gaps(gaps)).outcome), "refuted");
}

// Most gaps are right, but too many are left out.
TEST(GapsBetweenSends, RefutesWaitsAfterSomeRecordsOnly) {
  auto gaps = ten(250ms);
  gaps[1] = gaps[2] = 1ms;
  EXPECT_EQ(name_of(judge(with_gaps(gaps)).outcome), "refuted");
  gaps[2] = 250ms;
  std::swap(gaps[0], gaps[1]);
  EXPECT_EQ(name_of(judge(with_gaps(gaps)).outcome), "holds") << "a first gap may be short";
}

// Two at a time, and a wait for both.
TEST(GapsBetweenSends, RefutesBursts) {
  std::vector<Moment> gaps;
  for (int i = 0; i < 20; ++i) gaps.push_back(i % 2 == 0 ? 510ms : 90ms);
  gaps.push_back(510ms);
  const Verdict verdict = judge(with_gaps(gaps));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(
      verdict.evidence.at(0).note,
      "slow_producer-1 sent 22 records within 6.510 s; half of the gaps are 0.510 s or less, but 10 of 21 "
      "are shorter than 0.125 s");
  for (int i = 1; i < 7; i += 2) gaps[static_cast<std::size_t>(i)] = 125ms;
  EXPECT_EQ(name_of(judge(with_gaps(gaps)).outcome), "holds") << "a third, as a loaded machine may do";
}

// franz-go sets the timestamps of what it was given meanwhile when it has connected.
TEST(GapsBetweenSends, AllowsForTheTimeInWhichTheClientConnects) {
  auto gaps = ten(250ms);
  gaps[0] = gaps[1] = gaps[2] = 0ms;
  History late = with_gaps(gaps);
  Moment& started = late.programs[0].started;
  started = late.sent[0].at - 500ms;
  EXPECT_EQ(name_of(judge(late).outcome), "holds") << "2.25 s are due, and it took 1.75 s";
  started += 1us;
  EXPECT_EQ(name_of(judge(late).outcome), "refuted") << "there was no time for two waits";
}

// Reactor Kafka's and Pekko's pace is kept by another thread than the one that sends: what it made while the
// first send waited for the topic comes at once, a little behind that.
TEST(GapsBetweenSends, AllowsForWhatIsCaughtUpBehindALateStart) {
  std::vector<Moment> gaps(40, 251ms);
  std::fill(gaps.begin(), gaps.begin() + 20, 3ms);
  History late = with_gaps(gaps);
  for (auto& sent : late.sent) sent.at += 4s;
  for (auto& answered : late.answered) answered.at += 4s;
  for (auto& logged : late.logged) logged.timestamp_ms += 4000;
  late.programs[0].ended += 4s;
  late.programs[0].started = 0ms;
  EXPECT_EQ(name_of(judge(late).outcome), "holds");
  late.programs[0].started = late.sent[0].at - 100ms;
  EXPECT_EQ(name_of(judge(late).outcome), "refuted") << "there was no time for the waits";
}

TEST(GapsBetweenSends, IsUndecidedWhereAllIsOfOneMoment) {
  History at_once = with_gaps(ten(1ms));
  at_once.programs[0].ended += 10s;
  EXPECT_EQ(
      judge(at_once).actual,
      "the wire does not show the waits of slow_producer-1, and all its records have the timestamp of one "
      "moment");
}

TEST(GapsBetweenSends, AllowsForNothingBehindTheFirstArrival) {
  auto gaps = ten(250ms);
  gaps[1] = gaps[2] = gaps[3] = 0ms;
  History late = with_gaps(gaps);
  late.programs[0].started = 0ms;
  EXPECT_EQ(name_of(judge(late).outcome), "refuted");
}

TEST(GapsBetweenSends, RefutesOneThatSendsTooLittleOfTheSample) {
  History half = with_gaps(ten(250ms));
  for (std::size_t i = 0; i < 11; ++i) half.sample.push_back({.id = std::to_string(i)});
  EXPECT_EQ(name_of(judge(half).outcome), "refuted");
  EXPECT_EQ(judge(half).evidence.at(0).note,
            "slow_producer-1 sent 11 records of 22 within 2.500 s; half of the gaps are 0.250 s or less");
  History one_less = with_gaps(ten(251ms));
  one_less.sample.push_back({.id = "another"});
  EXPECT_EQ(judge(one_less).evidence.at(0).note,
            "slow_producer-1 sent 11 records of 12 within 2.510 s; half of the gaps are 0.251 s or less");

  const History none = HistoryOf("t").sample(11).exited("slow_producer-1").overheard("slow_producer-1");
  EXPECT_EQ(name_of(judge(none).outcome), "refuted");
  EXPECT_EQ(judge(none).evidence.at(0).note, "slow_producer-1 sent 0 records of 11");
}

TEST(GapsBetweenSends, GoesByTimestampsWhereRecordsLinger) {
  HistoryOf history("t", 1);
  history.sample(11).at(3600ms).sent("slow_producer-1", 0, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).answered(0);
  for (std::size_t i = 0; i < 11; ++i)
    history.stored(0, static_cast<std::int64_t>(i), i).created(1s + static_cast<int>(i) * 250ms);
  EXPECT_EQ(name_of(judge(history.exited("slow_producer-1").overheard("slow_producer-1")).outcome), "holds");
}

// kafka-go sends once a second what it was given, and takes its own time for that of the records.
TEST(GapsBetweenSends, IsUndecidedWhereTheClientStampsABatchWhenItSendsIt) {
  const auto in_fours = [](Moment apart) {
    HistoryOf history("t", 1);
    history.sample(12);
    for (std::size_t i = 0; i < 12; ++i) {
      const Moment sent = 1s + static_cast<int>(i / 4) * 1537ms;
      if (i % 4 == 0)
        history.at(sent + 1ms)
            .sent("slow_producer-1", 0, {i, i + 1, i + 2, i + 3})
            .answered(static_cast<int>(i));
      history.stored(0, static_cast<std::int64_t>(i), i).created(sent - static_cast<int>(i % 2) * apart);
    }
    return history.exited("slow_producer-1").overheard("slow_producer-1");
  };
  EXPECT_EQ(
      judge(in_fours(0ms)).actual,
      "the wire does not show the waits of slow_producer-1, and its client sets the timestamps of a batch "
      "when it sends that");
  EXPECT_EQ(name_of(judge(in_fours(2ms)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(in_fours(3ms)).outcome), "refuted");
}

TEST(GapsBetweenSends, TakesGapsThatTheWireShowsWhereTimestampsSayNothing) {
  History history = with_gaps(ten(250ms));
  for (LoggedRecord& record : history.logged) record.timestamp_ms -= 86'400'000;
  EXPECT_EQ(judge(history).judged, "10 gaps of 1 program, in part by arrival");
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

// Whatever its timestamps say.
TEST(GapsBetweenSends, RefutesAProgramThatDidNotLiveLongEnough) {
  History history = with_gaps(ten(1ms));
  for (LoggedRecord& record : history.logged) record.timestamp_ms -= 86'400'000;
  history.programs[0].ended = history.programs[0].started + 2250ms - 1us;
  EXPECT_EQ(name_of(judge(history).outcome), "refuted");
  history.programs[0].ended += 1us;
  EXPECT_EQ(name_of(judge(history).outcome), "undecided");
}

// As a program sets them that knows of whole seconds only.
TEST(GapsBetweenSends, GoesByArrivalWhereTimestampsAreCoarse) {
  History history = with_gaps(ten(250ms));
  for (LoggedRecord& record : history.logged) record.timestamp_ms -= record.timestamp_ms % 1000;
  EXPECT_EQ(judge(history).judged, "10 gaps of 1 program, in part by arrival");
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(GapsBetweenSends, IsUndecidedForForgedTimestamps) {
  History history = with_gaps(ten(1ms));
  history.programs[0].ended = 20s;
  for (std::size_t i = 0; i < history.logged.size(); ++i)
    history.logged[i].timestamp_ms += 250 * static_cast<std::int64_t>(i);
  EXPECT_EQ(judge(history).actual,
            "the wire does not show the waits of slow_producer-1, and the timestamp of record 2 of the file "
            "is later than its arrival at the broker");
}

TEST(GapsBetweenSends, IsUndecidedWhenThereIsNothingToJudge) {
  EXPECT_EQ(judge(with_gaps({250ms})).actual, "the sample is too small for gaps");
  EXPECT_EQ(name_of(judge(HistoryOf("t").sample(11).exited("slow_producer-1")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
