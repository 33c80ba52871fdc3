#include "checks/printed/reads_topics.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

HistoryOf heard() {
  HistoryOf history("a");
  return history.stopped("consumer-1").overheard("consumer-1");
}

Verdict judge(const History& history) { return reads_topics(history, "consumer", {"a", "b"}); }

TEST(ReadsTopics, HoldsWhenEachIsFetched) {
  const Verdict verdict =
      judge(heard().fetched("consumer-1", 0, 0).topic("b", 2).fetched("consumer-1", 1, 0));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
}

TEST(ReadsTopics, RefutesOneThatIsNot) {
  const History history = heard().fetched("consumer-1", 0, 0).fetched("consumer-1", 1, 0);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 of 2 topics never read");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].note, "consumer-1 never asked for records of topic b");
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.programs[0]));
}

TEST(ReadsTopics, DoesNotCountWhatAnotherProgramReads) {
  EXPECT_EQ(
      name_of(judge(heard().fetched("consumer-1", 0, 0).topic("b", 2).fetched("other-1", 0, 0)).outcome),
      "refuted");
}

TEST(ReadsTopics, IsUndecidedWhenNothingRanOrNotAllWasHeard) {
  EXPECT_EQ(name_of(judge(HistoryOf("a")).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("a").stopped("consumer-1")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
