#include "checks/sending/delivered_soon.hpp"

#include <gtest/gtest.h>

#include "checks/sending/paced_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) {
  return delivered_soon(history, "t", "flush_paced", "consumer", Pace{}, 500ms);
}

/// A consumer that reads from `since` on is given each record so long after its arrival.
HistoryOf delivered_after(const std::vector<PacedRecord>& records, Moment delay, Moment since = 500ms) {
  HistoryOf history = history_of_paced(records);
  history.at(since).fetched("consumer-1", 0, 0);
  for (std::size_t i = 0; i < records.size(); ++i)
    history.at(std::max(records[i].arrived, since) + delay)
        .delivered("consumer-1", 0, {static_cast<std::int64_t>(i)});
  history.stopped("consumer-1").ended_at(60s).overheard("consumer-1");
  return history;
}

TEST(DeliveredSoon, HoldsForAConsumerThatIsGivenEachRecordAtOnce) {
  const Verdict verdict = judge(delivered_after(paced_records({}), 3ms));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "48 records");
  EXPECT_EQ(verdict.actual, "half of them within 0.003 s of their arrival");
}

TEST(DeliveredSoon, RefutesASenderThatKeepsAllBackUntilItsFlush) {
  auto records = paced_records({});
  for (std::size_t i = 0; i < 15; ++i) records[i].arrived = records[14].created + 2s;
  const History history = delivered_after(records, 3ms);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "5 of the first 5 records not delivered before record 15 was sent, at 7.014 s");
  ASSERT_EQ(verdict.evidence.size(), 5u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sent[0], history.logged[0]));
}

TEST(DeliveredSoon, HoldsWhereRecordsLingerForASecond) {
  auto records = paced_records({.linger = 1s});
  EXPECT_EQ(name_of(judge(delivered_after(records, 3ms)).outcome), "holds");
}

TEST(DeliveredSoon, RefutesDeliveriesThatAreLate) {
  EXPECT_EQ(name_of(judge(delivered_after(paced_records({}), 500ms)).outcome), "holds");
  const Verdict verdict = judge(delivered_after(paced_records({}), 505ms));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "half of them later than 0.505 s after their arrival");
}

/// Those that the tap kept back are as before.
std::vector<PacedRecord> acknowledged_after(Moment delay) {
  auto records = paced_records({});
  for (PacedRecord& record : records)
    if (record.acknowledged - record.arrived < 2s) record.acknowledged = record.arrived + delay;
  return records;
}

TEST(DeliveredSoon, IsUndecidedOnABrokerThatIsBusy) {
  const Verdict verdict = judge(delivered_after(acknowledged_after(200ms), 900ms));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual,
            "half of them later than 0.900 s after their arrival, from a broker so busy that acknowledging "
            "half of them took 0.200 s");
  EXPECT_EQ(name_of(judge(delivered_after(acknowledged_after(200ms), 901ms)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(delivered_after(acknowledged_after(10ms), 900ms)).outcome), "refuted")
      << "acknowledgements that the tap keeps back do not make a broker busy";
}

TEST(DeliveredSoon, RefutesDeliveriesThatNeverCome) {
  HistoryOf history = paced_history();
  history.at(500ms).fetched("consumer-1", 0, 0).stopped("consumer-1").ended_at(60s).overheard("consumer-1");
  EXPECT_EQ(name_of(judge(history).outcome), "refuted");
}

TEST(DeliveredSoon, IsUndecidedForAConsumerThatCameLateOrWentEarly) {
  EXPECT_EQ(judge(delivered_after(paced_records({}), 3ms, 2s)).actual,
            "the consumer was waiting for 43 of 48 records when they arrived");
  History history = delivered_after(paced_records({}), 3ms);
  history.programs.back().ended = 8s;
  EXPECT_EQ(name_of(judge(history).outcome), "undecided");
}

TEST(DeliveredSoon, IsUndecidedForASenderWithoutPauses) {
  const auto records = paced_records({.pause_every = 15});
  EXPECT_EQ(judge(delivered_after(records, 20ms)).actual,
            "the flush_paced makes no pause between records 5 and 15");
}

TEST(DeliveredSoon, IsUndecidedWhenSomebodyDidNotRunOrWasNotHeard) {
  EXPECT_EQ(judge(paced_history()).actual, "the consumer was never run");
  EXPECT_EQ(name_of(judge(paced_history().stopped("consumer-1")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(delivered_after(paced_records({.records = 14}), 3ms)).outcome), "undecided");
}

// All of 15 records arrive at once, and the timestamps that show pauses cannot be true.
TEST(DeliveredSoon, IsUndecidedWherePausesAreToldByNothingButUntrueTimestamps) {
  auto records = paced_records({.pause_every = 0, .is_held = false});
  for (std::size_t i = 0; i < records.size(); ++i) records[i].created += (i / 5) * 2s - 24h;
  EXPECT_EQ(judge(delivered_after(records, 20ms)).actual,
            "the flush_paced makes no pause between records 5 and 15");
}

}  // namespace
}  // namespace klab
