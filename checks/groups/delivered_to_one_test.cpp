#include "checks/groups/delivered_to_one.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return delivered_to_one(history, "t", "consumer"); }

/// Two records in partition 1, which consumer-1 gives to consumer-2 at 3 s.
HistoryOf handed_over() {
  HistoryOf history("t", 2);
  history.sample(2).at(1s).joined("consumer-1", 1).assigned("consumer-1", 1, {0, 1});
  history.at(3s).revoked("consumer-1", {0, 1}).joined("consumer-1", 2).joined("consumer-2", 2);
  history.assigned("consumer-1", 2, {0}).assigned("consumer-2", 2, {1});
  history.stored(1, 0, 0).with_key("k").stored(1, 1, 1).with_key("k").drained();
  return history;
}

HistoryOf& both_end(HistoryOf& history) {
  return history.stopped("consumer-1")
      .ended_at(20s)
      .stopped("consumer-2")
      .ended_at(20s)
      .overheard("consumer-1")
      .overheard("consumer-2");
}

TEST(DeliveredToOne, HoldsAndSaysWhoWasGivenWhatAndWhy) {
  HistoryOf history = handed_over();
  const Verdict verdict = judge(both_end(history.at(4s).delivered("consumer-2", 1, {0, 1})));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual,
            "consumer-1 was given 0 records and owned partition 0; consumer-2 was given 2 records and owned "
            "partition 1; every record has the key \"k\" and so is in partition 1");
}

TEST(DeliveredToOne, AllowsASecondDeliveryAfterAHandOver) {
  HistoryOf history = handed_over();
  history.at(2s).delivered("consumer-1", 1, {0}).at(4s).delivered("consumer-2", 1, {0, 1});
  const History all = both_end(history);
  EXPECT_EQ(name_of(judge(all).outcome), "holds");
  EXPECT_EQ(delivered_to_several(all, "t", "consumer"), 1u);
}

// A broker lets a Fetch wait for records, while the partition changes hands.
TEST(DeliveredToOne, AllowsAnAnswerThatComesAfterAHandOver) {
  const auto judged = [](Moment asked) {
    HistoryOf history = handed_over();
    history.at(4s).delivered("consumer-2", 1, {0, 1}).at(4100ms).delivered("consumer-1", 1, {0}).asked(asked);
    return name_of(judge(both_end(history)).outcome);
  };
  EXPECT_EQ(judged(2900ms), "holds");
  EXPECT_EQ(judged(4s), "refuted") << "the group had told it that the partition was another's";
}

TEST(DeliveredToOne, RefutesASecondDeliveryWithoutOne) {
  HistoryOf history = handed_over();
  history.at(4s).delivered("consumer-2", 1, {0, 1}).at(5s).delivered("consumer-1", 1, {0});
  const History all = both_end(history);
  const Verdict verdict = judge(all);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.evidence.at(0).lines, lines_of(all.logged[0]));
  EXPECT_EQ(verdict.evidence[0].note,
            "the message at partition 1 offset 0 was given to consumer-2 at 4.000 s and to consumer-1 at "
            "5.000 s");
}

TEST(DeliveredToOne, RefutesARecordThatNobodyIsGiven) {
  HistoryOf history = handed_over();
  const Verdict verdict = judge(both_end(history.at(4s).delivered("consumer-2", 1, {0})));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_TRUE(verdict.is_shortfall);
  EXPECT_EQ(verdict.evidence.at(0).note, "the message at partition 1 offset 1 was given to nobody");
}

TEST(DeliveredToOne, IsUndecidedWhenThereIsNothingToJudge) {
  HistoryOf empty("t", 2);
  EXPECT_EQ(judge(both_end(empty.drained())).actual, "topic t holds no record");
  EXPECT_EQ(name_of(judge(handed_over().stopped("consumer-1")).outcome), "undecided") << "not heard";
  EXPECT_EQ(name_of(judge(handed_over()).outcome), "undecided") << "not run";
}

// It reads on with a group of its own, faster than the one that has the partition now.
TEST(DeliveredToOne, RefutesASecondDeliveryToOneThatHadGivenThePartitionUpBefore) {
  HistoryOf history = handed_over();
  history.at(5s).delivered("consumer-1", 1, {0, 1}).at(6s).delivered("consumer-2", 1, {0, 1});
  EXPECT_EQ(name_of(judge(both_end(history)).outcome), "refuted");
}

}  // namespace
}  // namespace klab
