#include "bench/live_clients/comparison.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// A member that is assigned both partitions, is told of the positions of `from`, and leaves.
HistoryOf member(const Positions& from) {
  HistoryOf history("rides");
  history.joined("p", 1).assigned("p", 1, {0, 1});
  for (const auto& [partition, offset] : from) history.resumed("p", partition, offset);
  return history;
}

Problems problems_with(HistoryOf& history, const Positions& from, const Positions& to) {
  history.revoked("p", {0, 1}).left("p");
  Problems problems;
  compare_membership(history, {.program = "p", .group = "group", .mode = "classic", .from = from, .to = to},
                     problems);
  return problems;
}

// kcat commits what its client has got, which may be all of one partition before it goes on.
TEST(CompareMembership, TakesAPartitionInWhichNothingWasCommittedAsItWas) {
  HistoryOf history = member({{1, 151}});
  history.commits("p", 0, 151);
  EXPECT_EQ(problems_with(history, {{1, 151}}, {{0, 151}, {1, 151}}), Problems{});
}

TEST(CompareMembership, MissesACommitThatTheBrokerTookAndNobodyHeard) {
  HistoryOf history = member({});
  history.commits("p", 0, 151);
  EXPECT_EQ(problems_with(history, {}, {{0, 151}, {1, 151}}),
            Problems{"p: heard to take its group to {0: 151}, not {0: 151, 1: 151}"});
}

TEST(CompareMembership, MissesOneInAPartitionThatHadAPosition) {
  HistoryOf history = member({{0, 40}, {1, 40}});
  history.commits("p", 0, 151);
  EXPECT_EQ(problems_with(history, {{0, 40}, {1, 40}}, {{0, 151}, {1, 151}}),
            Problems{"p: heard to take its group to {0: 151, 1: 40}, not {0: 151, 1: 151}"});
}

TEST(CompareMembership, ObjectsToACommitThatTheBrokerDidNotTake) {
  HistoryOf history = member({});
  history.commits("p", 0, 151);
  EXPECT_EQ(problems_with(history, {}, {}), Problems{"p: heard to take its group to {0: 151}, not {}"});
}

TEST(CompareMembership, CountsOnlyCommitsThatTookEffect) {
  HistoryOf history = member({});
  history.commits("p", 0, 40).commits("p", 0, 151, "REBALANCE_IN_PROGRESS");
  EXPECT_EQ(problems_with(history, {}, {{0, 40}}), Problems{});
}

}  // namespace
}  // namespace klab
