#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"
#include "checks/printed/printed_by_key.hpp"

namespace klab {
namespace {

/// Record 0 has the key 1, record 1 the key 2.
HistoryOf two_stored() {
  HistoryOf history("t");
  return history.sample(2).stored(0, 0, 0).with_key("1").stored(1, 0, 1).with_key("2");
}

HistoryOf two_runs() {
  return two_stored().drained().stopped("seeker-1").told("1", "g1").stopped("seeker-2").told("2", "g2");
}

Verdict judge(const History& history) { return printed_by_key(history, "t", "seeker", {"1", "2"}); }

TEST(PrintedByKeyUndecided, WhereThereIsNothingToJudge) {
  EXPECT_EQ(judge(two_stored().stopped("seeker-1").told("1")).actual, "topic t was not read to its end");
  EXPECT_EQ(judge(two_stored().drained().stopped("seeker-1").told("1")).actual,
            "the seeker for key 2 was not run 1 time");
  EXPECT_EQ(judge(HistoryOf("t").sample(1).stored(0, 0, 0).with_key("0").drained()).actual,
            "topic t holds no record with any of these keys");
}

TEST(PrintedByKeyUndecided, WhereARunThatIsRightWasNotHeard) {
  History history = all_given(two_runs().printed("seeker-1", 0).printed("seeker-2", 1));
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
  history.overheard[1].opaque = 1;
  EXPECT_EQ(name_of(judge(history).outcome), "undecided");
}

TEST(PrintedByKeyUndecided, WhereItsOutputMayHaveDiedInABuffer) {
  const auto killed = [](std::int64_t committed) {
    return all_given(two_stored()
                         .drained()
                         .died("seeker-1", 2, Ending::stopped)
                         .told("1", "g1")
                         .stopped("seeker-2")
                         .told("2", "g2")
                         .printed("seeker-2", 1)
                         .group("g1")
                         .committed(0, 1)
                         .committed(1, committed));
  };
  EXPECT_EQ(judge(killed(1)).actual,
            "seeker-1 read every record, and printed nothing before a signal ended it");
  EXPECT_EQ(name_of(judge(killed(0)).outcome), "refuted");
}

TEST(PrintedByKeyUndecided, WhereTheEndOfItsOutputMayHaveDiedInABuffer) {
  const auto killed_after = [](std::size_t printed) {
    HistoryOf history("t");
    history.sample(2).stored(0, 0, 0).with_key("1").stored(0, 1, 1).with_key("1").drained();
    history.died("seeker-1", 2, Ending::stopped).told("1", "g1").printed("seeker-1", printed);
    return printed_by_key(all_given(history.group("g1").committed(0, 2)), "t", "seeker", {"1"});
  };
  EXPECT_EQ(killed_after(0).actual,
            "seeker-1 read every record, and printed all but the last records before a signal ended it");
  EXPECT_EQ(name_of(killed_after(0).outcome), "undecided");
  EXPECT_EQ(name_of(killed_after(1).outcome), "refuted");
}

/// Both use a group of their own making: Kafka gives each one partition.
HistoryOf one_group_for_all() {
  return two_runs()
      .group("hard-coded")
      .joined("seeker-1", 2)
      .joined("seeker-2", 2)
      .overheard("seeker-1")
      .overheard("seeker-2");
}

TEST(PrintedByKeyUndecided, WhereAGroupThatNobodyWasToldKeptRecordsFromARun) {
  const Verdict verdict = judge(
      one_group_for_all().delivered("seeker-1", 0, {0}).delivered("seeker-2", 0, {}).printed("seeker-1", 0));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(
      verdict.actual,
      "seeker-2 was told the group g2 but joined hard-coded, as other runs did, so that Kafka gave it only a "
      "part of the records; of those it printed what it should");
}

TEST(PrintedByKeyUndecided, NotWhereItHadBeenGivenWhatItLacks) {
  EXPECT_EQ(name_of(judge(one_group_for_all()
                              .delivered("seeker-1", 0, {0})
                              .delivered("seeker-2", 1, {0})
                              .printed("seeker-1", 0))
                        .outcome),
            "refuted");
}

TEST(PrintedByKeyUndecided, NotWhereTheGroupIsItsOwn) {
  EXPECT_EQ(name_of(judge(two_runs()
                              .group("g1")
                              .joined("seeker-1", 1)
                              .group("g2")
                              .joined("seeker-2", 1)
                              .overheard("seeker-1")
                              .overheard("seeker-2")
                              .delivered("seeker-1", 0, {0})
                              .printed("seeker-1", 0))
                        .outcome),
            "refuted");
}

}  // namespace
}  // namespace klab
