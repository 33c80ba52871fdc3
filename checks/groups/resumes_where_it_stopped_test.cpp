#include "checks/groups/resumes_where_it_stopped.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

/// A first run that was given records 0 to 2 of partition 0, and a second one; both were heard.
HistoryOf ran_twice() {
  HistoryOf history("t");
  return history.stopped("consumer-1")
      .stopped("consumer-2")
      .overheard("consumer-1")
      .overheard("consumer-2")
      .delivered("consumer-1", 0, {0, 1, 2});
}

Verdict judge(const History& history) { return resumes_where_it_stopped(history, "t", "consumer"); }

TEST(ResumesWhereItStopped, HoldsWhenTheSecondRunBeginsAtTheCommit) {
  const Verdict verdict =
      judge(ran_twice().commits("consumer-1", 0, 3).resumed("consumer-2", 0, 3).fetched("consumer-2", 0, 3));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "consumer-2 resumed at the committed offsets and was given none of them again");
}

TEST(ResumesWhereItStopped, LetsItReadWhatTheFirstRunHadLeft) {
  EXPECT_EQ(name_of(judge(ran_twice()
                              .resumed("consumer-2", 0, 3)
                              .fetched("consumer-2", 0, 3)
                              .delivered("consumer-2", 0, {3, 4})
                              .delivered("consumer-2", 1, {0}))
                        .outcome),
            "holds");
}

// As a slow consumer is, whose client had fetched all.
TEST(ResumesWhereItStopped, LetsItBeGivenWhatTheFirstRunHadOnlyFetched) {
  HistoryOf stopped_midway = ran_twice();
  stopped_midway.sample(3).stored(0, 0, 0).stored(0, 1, 1).stored(0, 2, 2).printed("consumer-1", 0);
  stopped_midway.commits("consumer-1", 0, 1)
      .resumed("consumer-2", 0, 1)
      .fetched("consumer-2", 0, 1)
      .delivered("consumer-2", 0, {1, 2});
  EXPECT_EQ(name_of(judge(stopped_midway).outcome), "holds");
  const Verdict printed_all = judge(stopped_midway.printed("consumer-1", 1).printed("consumer-1", 2));
  EXPECT_EQ(printed_all.actual, "consumer-2 was given 2 records again");
}

TEST(ResumesWhereItStopped, RefutesRecordsThatAreGivenAgain) {
  const History history = ran_twice()
                              .resumed("consumer-2", 0, -1)
                              .fetched("consumer-2", 0, 0)
                              .delivered("consumer-2", 0, {0, 1, 2, 3});
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "consumer-2 was given 3 records again");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.delivered[1]));
  EXPECT_NE(verdict.hint.find("consumer-1 committed nothing"), std::string::npos);
}

TEST(ResumesWhereItStopped, SaysWhyRecordsAreGivenAgain) {
  const auto again = [](HistoryOf history) {
    return judge(history.commits("consumer-1", 0, 3).delivered("consumer-2", 0, {0})).hint;
  };
  EXPECT_NE(again(ran_twice()).find("do not seek"), std::string::npos);
  EXPECT_NE(again(ran_twice().group("one").joined("consumer-1", 1).group("other").joined("consumer-2", 1))
                .find("was in group one, consumer-2 in group other"),
            std::string::npos);
}

TEST(ResumesWhereItStopped, IsUndecidedWhereItNeverReadThePartition) {
  const Verdict verdict = judge(ran_twice().resumed("consumer-2", 0, 3).fetched("consumer-2", 1, 0));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "consumer-2 never read partition 0: it did not own it");
}

TEST(ResumesWhereItStopped, IsUndecidedWhereItBeganElsewhere) {
  EXPECT_EQ(judge(ran_twice().resumed("consumer-2", 0, 3).fetched("consumer-2", 0, 5)).actual,
            "consumer-2 read partition 0 from offset 5, and its group had committed 3");
  EXPECT_EQ(
      judge(ran_twice().resumed("consumer-2", 0, 3).fetched("consumer-2", 0, 5).fetched("consumer-2", 0, 3))
          .actual,
      "consumer-2 read partition 0 from offset 5, and its group had committed 3")
      << "and then sought it";
  const Verdict untold = judge(ran_twice().fetched("consumer-2", 0, 3));
  EXPECT_EQ(untold.actual, "consumer-2 was told of no committed position in partition 0");
  EXPECT_EQ(untold.hint, "let the group resume where it stopped: subscribe() and commit");
}

// It begins at the end, as auto.offset.reset says there.
TEST(ResumesWhereItStopped, RefutesARunThatWasToldOfNoCommitForNobodyMadeOne) {
  const HistoryOf latest = ran_twice().resumed("consumer-2", 0, -1).fetched("consumer-2", 0, 3);
  const Verdict verdict = judge(latest);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "consumer-2 resumed nowhere: nothing was committed in 1 partition");
  EXPECT_EQ(name_of(judge(HistoryOf(latest).commits("consumer-1", 0, 3)).outcome), "undecided");
}

TEST(ResumesWhereItStopped, DoesNotJudgeWhatCameAfterTheStop) {
  History history = ran_twice()
                        .resumed("consumer-2", 0, 3)
                        .fetched("consumer-2", 0, 3)
                        .at(2s)
                        .delivered("consumer-2", 0, {0});
  history.programs.back().told_to_stop = 1s;
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(ResumesWhereItStopped, IsUndecidedWhereTheFirstRunWasGivenNothing) {
  HistoryOf history("t");
  history.stopped("consumer-1").stopped("consumer-2").overheard("consumer-1").overheard("consumer-2");
  EXPECT_EQ(judge(history.delivered("consumer-2", 0, {0})).actual, "consumer-1 was given nothing");
}

TEST(ResumesWhereItStopped, IsUndecidedWithoutTwoRunsThatWereHeard) {
  EXPECT_EQ(name_of(judge(HistoryOf("t").stopped("consumer-1").overheard("consumer-1")).outcome),
            "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t")
                              .stopped("consumer-1")
                              .stopped("consumer-2")
                              .overheard("consumer-1")
                              .delivered("consumer-1", 0, {0}))
                        .outcome),
            "undecided");
}

TEST(ResumesWhereItStopped, RefutesASecondRunThatCommitsTheEndItself) {
  HistoryOf history = ran_twice();
  history.at(5s).commits("consumer-2", 0, 3).at(6s).resumed("consumer-2", 0, 3).fetched("consumer-2", 0, 3);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "consumer-2 skipped 1 partition that nobody had committed");
  EXPECT_EQ(name_of(judge(HistoryOf(history).at(4s).commits("consumer-1", 0, 3)).outcome), "holds");
}

}  // namespace
}  // namespace klab
