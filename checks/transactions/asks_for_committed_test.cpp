#include "checks/transactions/asks_for_committed.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

HistoryOf heard() {
  HistoryOf history("t");
  return history.stopped("consumer-1").overheard("consumer-1");
}

Verdict judge(const History& history) { return asks_for_committed(history, "t", "consumer"); }

TEST(AsksForCommitted, HoldsWhenEveryFetchDoes) {
  const Verdict verdict = judge(heard().fetched("consumer-1", 0, 0).fetched("consumer-1", 1, 0));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "read_committed in 2 starts of reading a partition");
}

TEST(AsksForCommitted, RefutesAFetchThatDoesNot) {
  const History history = heard().fetched("consumer-1", 0, 0).fetched("consumer-1", 1, 0, false);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.fetch_started[1]));
}

TEST(AsksForCommitted, IsNotConcernedWithOtherTopicsAndPrograms) {
  EXPECT_EQ(name_of(judge(heard()
                              .fetched("consumer-1", 0, 0)
                              .fetched("other-1", 0, 0, false)
                              .topic("u", 1)
                              .fetched("consumer-1", 0, 0, false))
                        .outcome),
            "holds");
}

TEST(AsksForCommitted, IsUndecidedWithoutAFetchAndWhereNotAllWasHeard) {
  EXPECT_EQ(name_of(judge(heard()).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").stopped("consumer-1").fetched("consumer-1", 0, 0)).outcome),
            "undecided");
}

}  // namespace
}  // namespace klab
