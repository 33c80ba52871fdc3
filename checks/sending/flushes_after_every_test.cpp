#include "checks/sending/flushes_after_every.hpp"

#include <gtest/gtest.h>

#include "checks/sending/paced_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return flushes_after_every(history, "t", "flush_paced", Pace{}); }
Verdict judge(const PacedHabits& habits) { return judge(paced_history(habits)); }

TEST(FlushesAfterEvery, HoldsForFlushesBeforeOrAfterThePause) {
  const Verdict verdict = judge(PacedHabits{});
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "3 flushes in 48 records");
  EXPECT_EQ(name_of(judge({.flushes_first = true}).outcome), "holds");
  EXPECT_EQ(name_of(judge({.flush_every = 5}).outcome), "holds") << "that is another check's concern";
}

TEST(FlushesAfterEvery, RefutesOneThatOnlyPauses) {
  const History history = paced_history({.flush_every = 0});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "2 of 3 flushes missing");
  ASSERT_EQ(verdict.evidence.size(), 2u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sent[10], history.sent[15]));
  EXPECT_EQ(verdict.evidence[1].lines, lines_of(history.sent[25], history.sent[30]));
}

TEST(FlushesAfterEvery, RefutesARecordThatIsSentAMomentBeforeTheAcknowledgement) {
  auto records = paced_records({});
  records[30].arrived = records[29].acknowledged;
  records[30].created = records[30].arrived;
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "holds");
  records[30].arrived -= 1us;
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "refuted");
}

// With one request in flight nothing arrives before the acknowledgement, flush or not.
TEST(FlushesAfterEvery, RefutesOneWhoseClientWaitsAndNotTheProgram) {
  auto records = paced_records({.flush_every = 0});
  for (const std::size_t flush : {15, 30})
    for (std::size_t i = flush; i < flush + 5; ++i) records[i].arrived = records[flush - 1].acknowledged;
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "refuted");
  for (PacedRecord& record : records) record.created -= 24h;
  EXPECT_EQ(name_of(judge(history_of_paced(records)).outcome), "holds") << "as far as anybody can see";
}

TEST(FlushesAfterEvery, RefutesOneThatSendsAllAtOnce) {
  EXPECT_EQ(judge({.pause_every = 0, .flush_every = 0}).actual, "3 of 3 flushes missing");
}

TEST(FlushesAfterEvery, IsUndecidedWhenAPauseMayHideThatThereIsNone) {
  const Verdict verdict = judge({.flush_every = 0, .is_held = false});
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(name_of(judge({.records = 30, .is_held = false}).outcome), "undecided");
}

TEST(FlushesAfterEvery, IsUndecidedWithoutAcknowledgements) {
  HistoryOf history("t", 1);
  history.sample(20);
  for (std::size_t i = 0; i < 20; ++i) history.sent("flush_paced-1", 0, {i}, 0);
  const Verdict verdict = judge(history.exited("flush_paced-1").overheard("flush_paced-1"));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "flush_paced-1 asks for no acknowledgements (acks=0), so flush() waits for none");
}

TEST(FlushesAfterEvery, IsUndecidedWhenItDidNotRunOrWasNotHeard) {
  EXPECT_EQ(name_of(judge(HistoryOf("t")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").sample(1).exited("flush_paced-1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
