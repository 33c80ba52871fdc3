#include "checks/facts/ownership.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

/// "consumer-1 has 0 from 1 to 3", in seconds.
Texts told(const History& history) {
  Texts texts;
  for (const Ownership& owned : ownerships(history)) {
    const std::string to =
        owned.to == kStillOwned ? "the end" : fmt::format("{}", owned.to.count() / 1000000);
    texts.push_back(fmt::format("{} has {} from {} to {}", owned.program, owned.partition.partition,
                                owned.from.count() / 1000000, to));
  }
  return texts;
}

bool any_overlap(const History& history) {
  const auto all = ownerships(history);
  for (const Ownership& one : all)
    for (const Ownership& other : all)
      if (overlap(one, other)) return true;
  return false;
}

/// consumer-1 owns both partitions from second 1 on.
HistoryOf one_member(const std::string& protocol = "classic") {
  HistoryOf history("t");
  history.at(1s).joined("consumer-1", 1, protocol).assigned("consumer-1", 1, {0, 1});
  return history;
}

TEST(Ownership, BeginsWithTheAssignmentAndHasNoEndThatNobodyTells) {
  const History history = one_member();
  const auto owned = ownerships(history);
  ASSERT_EQ(owned.size(), 2u);
  EXPECT_EQ(owned[1].group, "group");
  EXPECT_EQ(owned[1].partition, (PartitionName{"t", 1}));
  EXPECT_EQ(owned[1].given, history.assigned[0].line);
  EXPECT_EQ(owned[1].taken, 0u);
  EXPECT_EQ(owned[1].to, kStillOwned);
  EXPECT_TRUE(owned[1].holds(1s));
  EXPECT_FALSE(owned[1].holds(999ms));
}

TEST(Ownership, OfAnEagerMemberEndsAsItJoinsAgain) {
  const History history = one_member()
                              .at(2s)
                              .revoked("consumer-1", {0, 1})
                              .at(3s)
                              .joined("consumer-1", 2)
                              .joined("consumer-2", 2)
                              .assigned("consumer-2", 2, {1})
                              .assigned("consumer-1", 2, {0});
  EXPECT_EQ(told(history),
            (Texts{"consumer-1 has 0 from 1 to 2", "consumer-1 has 1 from 1 to 2",
                   "consumer-2 has 1 from 3 to the end", "consumer-1 has 0 from 3 to the end"}));
  EXPECT_EQ(ownerships(history)[0].taken, history.revoked[0].line);
  EXPECT_FALSE(any_overlap(history));
}

// KIP-429: what it keeps is one ownership through all generations.
TEST(Ownership, OfACooperativeMemberGoesOnForWhatItKeeps) {
  const History history = one_member()
                              .at(2s)
                              .joined("consumer-1", 2)
                              .joined("consumer-2", 2)
                              .assigned("consumer-2", 2, {})
                              .assigned("consumer-1", 2, {0, 1})
                              .at(3s)
                              .revoked("consumer-1", {1})
                              .at(4s)
                              .joined("consumer-1", 3)
                              .joined("consumer-2", 3)
                              .assigned("consumer-1", 3, {0})
                              .assigned("consumer-2", 3, {1});
  EXPECT_EQ(told(history), (Texts{"consumer-1 has 0 from 1 to the end", "consumer-1 has 1 from 1 to 3",
                                  "consumer-2 has 1 from 4 to the end"}));
}

TEST(Ownership, EndsAsTheMemberLeavesOrItsProgramEnds) {
  EXPECT_EQ(told(one_member().at(2s).left("consumer-1")),
            (Texts{"consumer-1 has 0 from 1 to 2", "consumer-1 has 1 from 1 to 2"}));
  History killed = one_member().died("consumer-1", 9);
  killed.programs[0].ended = 5s;
  EXPECT_EQ(told(killed), (Texts{"consumer-1 has 0 from 1 to 5", "consumer-1 has 1 from 1 to 5"}));
  EXPECT_EQ(ownerships(killed)[0].taken, killed.programs[0].line);
}

// The leader of a classic group decides; one of its own making may give a partition to two.
TEST(Ownership, OverlapsWhereOneGenerationGivesAPartitionToTwo) {
  const History history = HistoryOf("t")
                              .at(1s)
                              .joined("consumer-1", 1)
                              .joined("consumer-2", 1)
                              .assigned("consumer-1", 1, {0, 1})
                              .at(2s)
                              .assigned("consumer-2", 1, {1});
  EXPECT_TRUE(any_overlap(history));
}

TEST(Ownership, OverlapsOnlyWithinAGroup) {
  EXPECT_FALSE(
      any_overlap(one_member().group("other").joined("consumer-2", 1).assigned("consumer-2", 1, {0, 1})));
}

// One that fell silent: the group goes on, and tells it when it speaks again.
TEST(Ownership, EndsForTheGroupBeforeAnExpelledMemberKnows) {
  const History history = one_member()
                              .at(9s)
                              .joined("consumer-2", 2)
                              .assigned("consumer-2", 2, {0, 1})
                              .at(12s)
                              .revoked("consumer-1", {0, 1});
  const auto owned = ownerships(history);
  EXPECT_EQ(owned[0].to, Moment(9s));
  EXPECT_EQ(owned[0].noticed, Moment(12s));
  EXPECT_EQ(owned[0].taken, history.assigned[1].line);
  EXPECT_FALSE(any_overlap(history));
}

// A program that drops its client without a word and begins again is another member.
TEST(Ownership, EndsForAMemberThatVanishedWithinItsProgram) {
  History history = one_member().at(9s).joined("consumer-1", 2).assigned("consumer-1", 2, {0, 1});
  history.joined[1].member = history.assigned[1].member = "another";
  EXPECT_FALSE(any_overlap(history));
  EXPECT_EQ(ownerships(history)[0].to, Moment(9s));
  EXPECT_EQ(ownerships(history)[2].to, kStillOwned);
}

// KIP-848: there are no generations that all members join.
TEST(Ownership, OfTheNewerProtocolDoesNotEndWithAnothersEpoch) {
  const History history = one_member("consumer")
                              .at(2s)
                              .revoked("consumer-1", {1})
                              .at(3s)
                              .joined("consumer-2", 2, "consumer")
                              .assigned("consumer-2", 2, {1});
  EXPECT_EQ(told(history), (Texts{"consumer-1 has 0 from 1 to the end", "consumer-1 has 1 from 1 to 2",
                                  "consumer-2 has 1 from 3 to the end"}));
}

TEST(Ownership, OfTheNewerProtocolEndsWhereTheCoordinatorGivesItToAnother) {
  const History history =
      one_member("consumer").at(9s).joined("consumer-2", 2, "consumer").assigned("consumer-2", 2, {1});
  EXPECT_EQ(told(history), (Texts{"consumer-1 has 0 from 1 to the end", "consumer-1 has 1 from 1 to 9",
                                  "consumer-2 has 1 from 9 to the end"}));
}

// Programs are heard one beside the other: events are not always recorded in time's order.
TEST(Ownership, FollowsTimeAndNotTheOrderOfLines) {
  const History history = HistoryOf("t")
                              .at(3s)
                              .revoked("consumer-1", {0})
                              .at(1s)
                              .joined("consumer-1", 1)
                              .assigned("consumer-1", 1, {0});
  EXPECT_EQ(told(history), (Texts{"consumer-1 has 0 from 1 to 3"}));
}

TEST(Ownership, IsNobodysWithoutAssignments) {
  EXPECT_TRUE(ownerships(HistoryOf("t").stopped("consumer-1").delivered("consumer-1", 0, {0})).empty());
}

}  // namespace
}  // namespace klab
