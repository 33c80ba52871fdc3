#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

ToldHistory& given(ToldHistory& story, const std::string& reader, const std::string& topic,
                   const std::string& value) {
  return story.tell(reader, {{"received", value}, {"topic", topic}});
}

/// A broker that keeps to what Kafka promises; `early` is what a read_committed reader has before the commit,
/// `late` what it has after the end of the aborted transaction.
ToldHistory run(const std::string& early = "", const std::string& aborted = "",
                const std::string& stable = "0") {
  ToldHistory story;
  given(story, "read_uncommitted", "left", "left of the first");
  given(story, "read_uncommitted", "right", "right of the first");
  given(story, "read_uncommitted", "left", "later");
  given(story, "read_committed", "elsewhere", "elsewhere");
  if (!early.empty()) given(story, "read_committed", "left", early);
  story.note("end at level 0", "3").note("end at level 1", stable).note("phase", "commit");
  for (const std::string value : {"left of the first", "later"})
    if (value != early) given(story, "read_committed", "left", value);
  given(story, "read_committed", "right", "right of the first");
  if (!aborted.empty()) given(story, "read_committed", "right", aborted);
  for (const std::string topic : {"left", "right"}) {
    given(story, "read_uncommitted", topic, "aborted");
    for (const std::string reader : {"read_committed", "read_uncommitted"})
      given(story, reader, topic, "last");
  }
  return story;
}

TEST(TransactionsPlay, SeesATransactionAsAWhole) {
  const History history = run().history;
  EXPECT_EQ(concluded("txn.atomic", history), "yes");
  EXPECT_EQ(concluded("txn.levels", history), "committed only; all");
  EXPECT_EQ(concluded("txn.blocks", history), "yes");
}

TEST(TransactionsPlay, SeesThatARecordIsReadBeforeTheCommit) {
  EXPECT_EQ(concluded("txn.atomic", run("left of the first").history), "no");
}

TEST(TransactionsPlay, SeesThatAnAbortedRecordIsRead) {
  EXPECT_EQ(concluded("txn.atomic", run("", "aborted").history), "no");
}

TEST(TransactionsPlay, SeesThatALaterRecordPassesBy) {
  EXPECT_EQ(concluded("txn.blocks", run("later", "", "3").history), "no");
}

TEST(TransactionsPlay, IsUndecidedWhenTheLastStableOffsetSaysOtherwise) {
  EXPECT_EQ(concluded("txn.blocks", run("", "", "3").history), "undecided");
}

}  // namespace
}  // namespace klab
