#include "checks/printed/printed_committed.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// Record 0 is committed, record 1 aborted, record 2 committed.
HistoryOf one_aborted() {
  HistoryOf history("t");
  history.sample(3).stored(0, 0, 0).stored(0, 2, 1).in_state(RecordState::aborted).stored(0, 4, 2).drained();
  return history.stopped("consumer-1");
}

Verdict judge(const History& history) { return printed_committed(all_given(history), "t", "consumer"); }

TEST(PrintedCommitted, HoldsWhenAbortedRecordsAreLeftOut) {
  const Verdict verdict = judge(one_aborted().printed("consumer-1", 0).printed("consumer-1", 2));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_NE(verdict.judged.find("1 record of aborted transactions"), std::string::npos);
}

TEST(PrintedCommitted, RefutesAnAbortedRecordThatIsPrinted) {
  const History history =
      one_aborted().printed("consumer-1", 0).printed("consumer-1", 1).printed("consumer-1", 2);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 record is printed although it was aborted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.logged[1], history.printed[1]));
  EXPECT_EQ(verdict.hint, "set isolation.level to read_committed in the consumer");
  History asked = history;
  asked.fetch_started.push_back({.program = "consumer-1", .topic = "t", .is_read_committed = true});
  EXPECT_NE(judge(asked).hint.find("its client asks for committed records"), std::string::npos);
}

TEST(PrintedCommitted, RefutesACommittedRecordThatIsNotPrinted) {
  const Verdict verdict = judge(one_aborted().printed("consumer-1", 0));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 record printed, the topic holds 2");
}

TEST(PrintedCommitted, LetsARecordPassThatWasCommittedAtASecondTry) {
  EXPECT_EQ(name_of(judge(one_aborted()
                              .stored(0, 6, 1)
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 2)
                              .printed("consumer-1", 1))
                        .outcome),
            "holds");
}

TEST(PrintedCommitted, IsUndecidedWithoutTheControl) {
  const Verdict verdict = judge(
      HistoryOf("t").sample(1).stored(0, 0, 0).drained().stopped("consumer-1").printed("consumer-1", 0));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "the topic holds no record of an aborted transaction that could be left out");
}

TEST(PrintedCommitted, IsUndecidedWhereNothingWasCommitted) {
  EXPECT_EQ(name_of(judge(HistoryOf("t")
                              .sample(1)
                              .stored(0, 0, 0)
                              .in_state(RecordState::aborted)
                              .drained()
                              .stopped("consumer-1"))
                        .outcome),
            "undecided");
}

}  // namespace
}  // namespace klab
