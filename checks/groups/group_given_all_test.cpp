#include "checks/groups/group_given_all.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// Record 0 is stored twice, record 1 once; consumer-1 and consumer-2 are told one group, consumer-3 another.
HistoryOf three_stored() {
  HistoryOf history("t");
  return history.sample(3)
      .pattern(".")
      .stored(0, 0, 0)
      .stored(0, 1, 0)
      .stored(1, 0, 1)
      .drained()
      .stopped("consumer-1")
      .told("", "one")
      .stopped("consumer-2")
      .told("", "one")
      .stopped("consumer-3")
      .told("", "two")
      .overheard("consumer-1")
      .overheard("consumer-2")
      .overheard("consumer-3");
}

/// In group one: the first is given partition 0, the second partition 1.
HistoryOf given_in_one() {
  return three_stored()
      .at(1s)
      .delivered("consumer-1", 0, {0, 1})
      .delivered("consumer-2", 1, {0})
      .printed("consumer-1", 0)
      .printed("consumer-1", 0)
      .printed("consumer-2", 1);
}

Verdict judge(const History& history, const std::vector<std::string>& groups = {"one"}) {
  return group_given_all(history, "t", groups);
}

TEST(GroupGivenAll, HoldsWhereMembersTogetherAreGivenAll) {
  const Verdict verdict = judge(given_in_one());
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.judged, "3 stored records and 1 group");
}

TEST(GroupGivenAll, LetsARecordBePrintedAsOftenAsItIsDelivered) {
  const auto again = given_in_one().at(2s).delivered("consumer-2", 0, {0}).printed("consumer-2", 0);
  EXPECT_EQ(name_of(judge(again).outcome), "holds");
  const Verdict verdict = judge(HistoryOf(again).printed("consumer-2", 0));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "of 3 stored records for group one: 1 printed too often");
  EXPECT_EQ(verdict.evidence[0].note,
            "record 1 of the file (id 900000001) was given 3 times, and printed 4 times");
}

TEST(GroupGivenAll, RefutesAGroupThatIsNotGivenAll) {
  const History history =
      given_in_one().delivered("consumer-3", 0, {0, 1}).printed("consumer-3", 0).printed("consumer-3", 0);
  const Verdict verdict = judge(history, {"one", "two"});
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "of 3 stored records for group two: 1 not given to it");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[1], history.logged[2]));
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(GroupGivenAll, RefutesARecordThatIsGivenAndNotPrinted) {
  const Verdict verdict = judge(three_stored()
                                    .delivered("consumer-1", 0, {0, 1})
                                    .delivered("consumer-2", 1, {0})
                                    .printed("consumer-1", 0)
                                    .printed("consumer-2", 1));
  EXPECT_EQ(verdict.actual, "of 3 stored records for group one: 1 given and not printed");
  EXPECT_NE(verdict.hint.find("print each as it comes"), std::string::npos);
}

TEST(GroupGivenAll, RefutesARecordThatAnotherThanItsReaderPrints) {
  EXPECT_EQ(judge(three_stored()
                      .delivered("consumer-1", 0, {0, 1})
                      .delivered("consumer-2", 1, {0})
                      .printed("consumer-1", 0)
                      .printed("consumer-1", 0)
                      .printed("consumer-1", 1))
                .actual,
            "of 3 stored records for group one: 1 printed before they were given");
}

TEST(GroupGivenAll, TellsOfAGroupThatNobodyWasToldToUse) {
  const Verdict verdict = judge(
      three_stored().group("mine").joined("consumer-1", 1).joined("consumer-2", 1).joined("consumer-3", 1));
  EXPECT_EQ(verdict.hint,
            "consumer-1 was told the group one but joined mine, as programs of another group did: take it "
            "from {group}");
}

TEST(GroupGivenAll, IsUndecidedWhereThereIsNothingToJudge) {
  EXPECT_EQ(judge(given_in_one(), {""}).actual, "no consumer was run in group ");
  EXPECT_EQ(judge(HistoryOf("t").stopped("consumer-1").told("", "one").drained()).actual,
            "topic t holds no record that could be given");
  EXPECT_EQ(judge(HistoryOf("t").stopped("consumer-1").told("", "one")).actual,
            "topic t was not read to its end");
}

// One that ends at the end of the topic has read what there was.
TEST(GroupGivenAll, IsUndecidedForWhatIsStoredAfterItsProgramsEnded) {
  History history = HistoryOf("t", 1)
                        .sample(2)
                        .stored(0, 0, 0)
                        .stored(0, 1, 1)
                        .drained()
                        .exited("consumer-1")
                        .told("", "one")
                        .overheard("consumer-1")
                        .delivered("consumer-1", 0, {0})
                        .printed("consumer-1", 0);
  history.started_unix_ms = 1'000'000;
  history.logged[1].timestamp_ms = 1'001'601;
  EXPECT_EQ(judge(history).actual,
            "the programs of group one had ended by themselves before 1 record was stored");
  history.logged[1].timestamp_ms = 1'001'599;
  EXPECT_EQ(name_of(judge(history).outcome), "refuted");
}

// A broker answers a Fetch also when who asked is gone.
TEST(GroupGivenAll, DoesNotCountWhatCameToAProgramThatHadEnded) {
  History history = HistoryOf("t", 1)
                        .sample(1)
                        .stored(0, 0, 0)
                        .drained()
                        .exited("consumer-1")
                        .told("", "one")
                        .overheard("consumer-1")
                        .delivered("consumer-1", 0, {0});
  history.started_unix_ms = 1'000'000;
  history.logged[0].timestamp_ms = 1'001'601;
  history.delivered[0].at = history.programs[0].ended + Moment(1);
  EXPECT_EQ(judge(history).actual,
            "the programs of group one had ended by themselves before 1 record was stored");
  history.delivered[0].at = history.programs[0].ended;
  EXPECT_EQ(judge(history).actual, "of 1 stored record for group one: 1 given and not printed");
}

TEST(GroupGivenAll, IsUndecidedWhereAProgramWasNotHeard) {
  History history = given_in_one();
  history.overheard[1].opaque = 1;
  EXPECT_EQ(name_of(judge(history).outcome), "undecided");
}

TEST(GroupGivenAll, IsUndecidedWhereItsOutputMayHaveDiedInABuffer) {
  const Verdict verdict = judge(HistoryOf("t", 1)
                                    .sample(1)
                                    .stored(0, 0, 0)
                                    .drained()
                                    .died("consumer-1", 2, Ending::stopped)
                                    .told("", "one")
                                    .overheard("consumer-1")
                                    .delivered("consumer-1", 0, {0})
                                    .group("one")
                                    .committed(0, 1));
  EXPECT_EQ(verdict.actual, "the programs of group one printed nothing before a signal ended them");
}

}  // namespace
}  // namespace klab
