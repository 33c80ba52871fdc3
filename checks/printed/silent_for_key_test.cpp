#include "checks/printed/silent_for_key.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

HistoryOf two_stored() {
  HistoryOf history("t");
  return history.sample(2).stored(0, 0, 0).with_key("1").stored(1, 0, 1).with_key("2").drained();
}

Verdict judge(const History& history) { return silent_for_key(history, "t", "seeker", "100"); }

TEST(SilentForKey, HoldsForARunThatIsGivenAllAndTalksOfOtherThings) {
  const Verdict verdict = judge(all_given(
      two_stored().stopped("seeker-1").told("100").printed_text("seeker-1", "waiting for key 100")));
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.actual, "1 run printed none of 2 records");
}

// Of other keys' runs nothing is asked here.
TEST(SilentForKey, RefutesARecordThatARunForItPrints) {
  const History history = all_given(two_stored()
                                        .stopped("seeker-1")
                                        .told("1")
                                        .printed("seeker-1", 0)
                                        .stopped("seeker-2")
                                        .told("100")
                                        .printed("seeker-2", 0));
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "1 record is printed");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.sample[0], history.printed[1]));
}

// As Python's logging does, and Java's.
TEST(SilentForKey, LetsALogOfAllThatComesStandOnTheOtherStream) {
  const auto logs = [](const std::string& own_stream) {
    HistoryOf history = two_stored();
    history.stopped("seeker-1").told("1").printed("seeker-1", 0, Stream::out);
    for (const std::size_t position : {0, 1}) history.printed("seeker-1", position, Stream::err);
    history.stopped("seeker-2").told("100");
    return history.printed("seeker-2", 1, own_stream == "out" ? Stream::out : Stream::err);
  };
  EXPECT_EQ(name_of(judge(all_given(logs("err"))).outcome), "holds");
  EXPECT_EQ(name_of(judge(all_given(logs("out"))).outcome), "refuted");
}

TEST(SilentForKey, RefutesACrash) {
  const Verdict verdict = judge(all_given(two_stored()
                                              .exited("seeker-1", 1)
                                              .told("100")
                                              .printed_text("seeker-1", "KeyError: '100'", Stream::err)));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "seeker-1 exited with 1 after 1.5 s");
  EXPECT_EQ(name_of(judge(all_given(two_stored().died("seeker-1", 11).told("100"))).outcome), "refuted");
}

// How it ends once it is told to stop is not its play.
TEST(SilentForKey, LetsPassWhatComesAfterTheStop) {
  EXPECT_EQ(name_of(judge(all_given(two_stored().stopped("seeker-1", 130).told("100"))).outcome), "holds");
  EXPECT_EQ(name_of(judge(all_given(two_stored().died("seeker-1", 6, Ending::stopped).told("100"))).outcome),
            "holds");
  EXPECT_EQ(name_of(judge(all_given(two_stored().exited("seeker-1", 0).told("100"))).outcome), "holds");
}

TEST(SilentForKey, IsUndecidedForAnEndLikeThatOfGrep) {
  EXPECT_EQ(judge(all_given(two_stored().exited("seeker-1", 1).told("100"))).actual,
            "seeker-1 exited with 1 and without a word, as a pipeline does that ends in grep");
}

/// Whose consumers read the partition of their key only.
HistoryOf one_by_partition() {
  return two_stored()
      .stopped("seeker-1")
      .told("1")
      .overheard("seeker-1")
      .fetched("seeker-1", 0, 0)
      .delivered("seeker-1", 0, {0});
}

TEST(SilentForKey, HoldsForARunThatReadsThePartitionOfItsKeyOnly) {
  const auto silent = [] { return one_by_partition().stopped("seeker-2").told("100").overheard("seeker-2"); };
  EXPECT_EQ(name_of(judge(silent().fetched("seeker-2", 1, 0).delivered("seeker-2", 1, {0})).outcome),
            "holds");
  EXPECT_EQ(name_of(judge(silent().fetched("seeker-2", 1, 0)).outcome), "undecided") << "it read nothing";
  EXPECT_EQ(name_of(judge(silent()).outcome), "undecided") << "it was stopped before it looked anywhere";
  EXPECT_EQ(
      name_of(judge(one_by_partition().exited("seeker-2", 0).told("100").overheard("seeker-2")).outcome),
      "holds");
}

TEST(SilentForKey, IsUndecidedForARunThatWasNotGivenAll) {
  const History history =
      two_stored().stopped("seeker-1").told("100").overheard("seeker-1").delivered("seeker-1", 0, {0});
  EXPECT_EQ(judge(history).actual, "seeker-1 was given 1 of 2 records, so that its silence proves nothing");
  EXPECT_EQ(judge(two_stored().stopped("seeker-1").told("100")).actual,
            "what seeker-1 and the broker said to each other was not heard in full");
}

TEST(SilentForKey, IsUndecidedWhereThereIsNothingToPassOver) {
  EXPECT_EQ(judge(two_stored()).actual, "the seeker was never run for key 100");
  EXPECT_EQ(judge(HistoryOf("t").stopped("seeker-1").told("100").drained()).actual,
            "topic t holds no record that could be passed over");
  EXPECT_EQ(
      judge(two_stored().stored(0, 1, 1).with_key("100").drained().stopped("seeker-1").told("100")).actual,
      "topic t holds records with the key 100");
}

}  // namespace
}  // namespace klab
