#include "checks/printed/reads_and_discards.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

const std::vector<LogBounds> kThree = {{.partition = 0, .first = 0, .end = 3},
                                       {.partition = 1, .first = 0, .end = 0}};

/// A topic of three records, and a program that ended by itself and was heard.
HistoryOf ended() {
  HistoryOf history("t");
  return history.sample(3).looked("id", kThree).exited("cleaner-1").overheard("cleaner-1");
}

HistoryOf given_all() { return ended().delivered("cleaner-1", 0, {0, 1, 2}); }

Verdict judge(const History& history) { return reads_and_discards(history, "t", "cleaner"); }

TEST(ReadsAndDiscards, HoldsForAllGivenAndNonePrinted) {
  const Verdict verdict = judge(given_all()
                                    .printed_text("cleaner-1", "discarded 3 records")
                                    .commits("cleaner-1", 0, 3)
                                    .left("cleaner-1")
                                    .looked("id", kThree));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "all 3 records given and none printed");
}

TEST(ReadsAndDiscards, HoldsWithoutAnyCommit) {
  EXPECT_EQ(name_of(judge(given_all().looked("id", kThree)).outcome), "holds");
}

TEST(ReadsAndDiscards, RefutesRecordsThatWereNotGiven) {
  const History history = ended().delivered("cleaner-1", 0, {0}).looked("id", kThree);
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "cleaner-1 was given 1 of the 3 records in partition 0");
  EXPECT_EQ(verdict.evidence.at(0).lines, lines_of(history.topic_looks[0]));
}

// One that ends at the first end of a partition, while the records of another are on their way.
TEST(ReadsAndDiscards, RefutesRecordsThatCameWhenTheProgramHadLeft) {
  const auto delivered_after_leaving = [](Moment asked) {
    return judge(ended()
                     .at(5s)
                     .left("cleaner-1")
                     .at(5010ms)
                     .delivered("cleaner-1", 0, {0, 1, 2})
                     .asked(asked)
                     .looked("id", kThree));
  };
  EXPECT_EQ(delivered_after_leaving(4900ms).actual, "cleaner-1 was given 0 of the 3 records in partition 0");
  EXPECT_EQ(name_of(delivered_after_leaving(5005ms).outcome), "holds") << "by another consumer of it";
}

TEST(ReadsAndDiscards, RefutesRecordsThatWereDeleted) {
  const auto looked_at = [](std::int64_t first) {
    return judge(given_all().looked("id", {{.partition = 0, .first = first, .end = 3}, kThree[1]}));
  };
  EXPECT_EQ(looked_at(3).actual,
            "partition 0 began at offset 0, and begins at 3 now: what was before is deleted");
  EXPECT_EQ(name_of(looked_at(1).outcome), "refuted");
  EXPECT_EQ(name_of(looked_at(0).outcome), "holds");
}

TEST(ReadsAndDiscards, RefutesAPositionThatLiesBeforeTheEnd) {
  EXPECT_EQ(judge(given_all().commits("cleaner-1", 0, 1).left("cleaner-1").looked("id", kThree)).actual,
            "cleaner-1 left partition 0 at offset 1, and it reaches up to 3");
}

// A client may close its connection as soon as it has sent its last position.
TEST(ReadsAndDiscards, HoldsWhereTheEndMayHaveBeenCommitted) {
  const HistoryOf early = given_all().commits("cleaner-1", 0, 1),
                  late = given_all().commits("cleaner-1", 0, 3);
  EXPECT_EQ(name_of(judge(HistoryOf(early)
                              .commits("cleaner-1", 0, 3)
                              .not_answered()
                              .left("cleaner-1")
                              .looked("id", kThree))
                        .outcome),
            "holds");
  EXPECT_EQ(name_of(judge(HistoryOf(late)
                              .commits("cleaner-1", 0, 1)
                              .not_answered()
                              .left("cleaner-1")
                              .looked("id", kThree))
                        .outcome),
            "holds");
}

TEST(ReadsAndDiscards, RefutesAPositionBeforeTheEndWhateverBecameOfTheLastCommit) {
  const Verdict verdict = judge(given_all()
                                    .commits("cleaner-1", 0, 1)
                                    .commits("cleaner-1", 0, 2)
                                    .not_answered()
                                    .ended_at(500ms)
                                    .left("cleaner-1")
                                    .looked("id", kThree));
  EXPECT_EQ(verdict.actual, "cleaner-1 left partition 0 at offset 2, and it reaches up to 3");
}

TEST(ReadsAndDiscards, DoesNotTakeACommitForTheLastPositionOfAProgramThatVanished) {
  EXPECT_EQ(name_of(judge(given_all().commits("cleaner-1", 0, 1).looked("id", kThree)).outcome), "holds");
}

TEST(ReadsAndDiscards, RefutesARecordThatIsPrinted) {
  const History history = given_all().unmatched("cleaner-1", sample_text(1)).looked("id", kThree);
  const Verdict verdict = judge(history);
  EXPECT_EQ(verdict.actual, "cleaner-1 printed 1 line that shows a record");
  EXPECT_EQ(verdict.evidence.at(0).lines, lines_of(history.printed[0]));
}

TEST(ReadsAndDiscards, RefutesATopicThatIsGoneOrAnother) {
  EXPECT_EQ(judge(given_all().looked("", {})).actual, "the topic is gone");
  EXPECT_EQ(judge(given_all().looked("other", kThree)).actual,
            "the topic was deleted, and another one made under its name");
}

TEST(ReadsAndDiscards, RefutesAProgramThatHadToBeStopped) {
  HistoryOf history("t");
  history.looked("id", kThree).died("cleaner-1", 15, Ending::deadline).overheard("cleaner-1");
  const Verdict verdict = judge(history.delivered("cleaner-1", 0, {0, 1, 2}).looked("id", kThree));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(ReadsAndDiscards, IsUndecidedWhereNothingWasThereOrSeen) {
  EXPECT_EQ(name_of(judge(HistoryOf("t").looked("id", kThree).looked("id", kThree)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(given_all()).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf("t").exited("cleaner-1").looked("id", {}).looked("id", {})).outcome),
            "undecided");
  EXPECT_EQ(
      name_of(judge(HistoryOf("t").looked("id", kThree).exited("cleaner-1").looked("id", kThree)).outcome),
      "undecided");
}

// It commits every second record, and nothing at its end.
TEST(ReadsAndDiscards, IsUndecidedWhereWhatIsLeftIsLessThanACommitTakes) {
  const HistoryOf now_and_then = given_all().commits("cleaner-1", 0, 1).commits("cleaner-1", 0, 2);
  const Verdict verdict = judge(HistoryOf(now_and_then).left("cleaner-1").looked("id", kThree));
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual,
            "cleaner-1 committed offset 2 of partition 0, which reaches up to 3, and may have read the rest "
            "since: it commits up to 1 record at a time");
  const HistoryOf once = given_all().commits("cleaner-1", 0, 0).commits("cleaner-1", 0, 1);
  EXPECT_EQ(name_of(judge(HistoryOf(once).left("cleaner-1").looked("id", kThree)).outcome), "refuted")
      << "two are left";
}

TEST(ReadsAndDiscards, IsUndecidedWhereItWentOnAfterItsOnlyCommit) {
  const HistoryOf once = given_all().at(1s).commits("cleaner-1", 0, 2).left("cleaner-1").looked("id", kThree);
  EXPECT_EQ(name_of(judge(HistoryOf(once).ended_at(6s)).outcome), "undecided");
  EXPECT_EQ(name_of(judge(HistoryOf(once).ended_at(1100ms)).outcome), "refuted");
}

}  // namespace
}  // namespace klab
