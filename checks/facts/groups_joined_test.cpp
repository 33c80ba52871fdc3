#include "checks/facts/groups_joined.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

HistoryOf two_runs(const std::string& second_group) {
  HistoryOf history("t");
  return history.stopped("consumer-1").told("", "one").stopped("consumer-2").told("", second_group);
}

TEST(GroupsJoined, AreWhereMembersWereTakenIn) {
  const History history =
      two_runs("two").group("a").joined("consumer-1", 1).group("b").joined("consumer-1", 1);
  EXPECT_EQ(groups_joined(history, "consumer-1"), (std::set<std::string>{"a", "b"}));
  EXPECT_TRUE(groups_joined(history, "consumer-2").empty());
}

TEST(GroupsJoined, AreSharedWhereRunsThatWereToldOthersMeet) {
  const History history = two_runs("two").group("mine").joined("consumer-1", 1).joined("consumer-2", 2);
  EXPECT_EQ(group_shared_with_others(history, history.programs[0]), "mine");
  EXPECT_EQ(group_shared_with_others(history, history.programs[1]), "mine");
}

TEST(GroupsJoined, AreNotSharedWhereRunsWereToldTheSame) {
  const History history = two_runs("one").group("one").joined("consumer-1", 1).joined("consumer-2", 2);
  EXPECT_EQ(group_shared_with_others(history, history.programs[0]), std::nullopt);
}

}  // namespace
}  // namespace klab
