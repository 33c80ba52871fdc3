// Takeover, static members and polling.

#include <gtest/gtest.h>

#include "claims/mark.hpp"
#include "experiments/plays.hpp"
#include "experiments/plays/told_history.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

ordered_json parts(const std::vector<int>& partitions) {
  ordered_json all = ordered_json::array();
  for (const int partition : partitions) all.push_back({"shared", partition});
  return all;
}

ToldHistory& assigned(ToldHistory& told, const std::string& member, const std::vector<int>& partitions) {
  return told.tell(member, {{"assigned", parts(partitions)}});
}
ToldHistory& revoked(ToldHistory& told, const std::string& member, const std::vector<int>& partitions) {
  return told.tell(member, {{"revoked", parts(partitions)}});
}

Measurement takeover(const ToldHistory& told) {
  return takeover_experiments().front().conclude(told.history).measurements().at("group.idle_takeover");
}

/// mortal-1 and mortal-2 have a partition each, the third member none.
ToldHistory killed_first() {
  ToldHistory told;
  assigned(told, "mortal-1", {0});
  assigned(told, "mortal-2", {1});
  assigned(told, "third", {});
  return told.note("victim", "mortal-1");
}

TEST(Takeover, IsSeenWhereAnotherMemberIsGivenThePartition) {
  ToldHistory told = killed_first();
  assigned(told, "third", {0});
  told.note("closed", "third");
  told.history.left.push_back({.program = "third", .at = told.now()});
  assigned(told, "mortal-2", {0, 1}).note("over");
  EXPECT_EQ(obstacle_to(takeover(told)), "");
  EXPECT_EQ(takeover(told).values.at(0).value, "yes");
}

TEST(Takeover, IsNotSeenWhereThePartitionStaysWithoutAMember) {
  ToldHistory told = killed_first();
  told.note("closed", "third").note("over");
  EXPECT_EQ(takeover(told).values.at(0).value, "no");
  EXPECT_NE(obstacle_to(takeover(told)), "") << "it was not seen after a clean close either";
}

Measurement restarted(const ToldHistory& told) {
  return static_member_experiments().front().conclude(told.history).measurements().at("group.static");
}

/// Members come back; the one that stayed gives its partitions up each time that `rebalances` says.
ToldHistory came_back(bool soon, bool late, bool ordinary) {
  ToldHistory told;
  const auto come = [&](const std::string& stays, const std::string& back, bool rebalances) {
    told.note("goes for " + back).note("comes " + back);
    if (rebalances) revoked(told, stays, {0});
    assigned(told, back, {1}).note("settled " + back);
  };
  come("static-stays", "static-soon", soon);
  come("static-stays", "static-late", late);
  come("ordinary-stays", "ordinary-soon", ordinary);
  return told;
}

TEST(StaticMembers, RebalanceOnlyWhereTheOtherGivesItsPartitionsUp) {
  EXPECT_EQ(obstacle_to(restarted(came_back(false, true, true))), "");
  EXPECT_EQ(restarted(came_back(false, true, true)).values.at(0).value, "no");
  EXPECT_EQ(restarted(came_back(true, true, true)).values.at(0).value, "yes");
}

TEST(StaticMembers, ShowNothingWhereNoRestartAtAllIsSeenToRebalance) {
  EXPECT_NE(obstacle_to(restarted(came_back(false, true, false))), "");
  EXPECT_NE(obstacle_to(restarted(came_back(false, false, true))), "");
}

Measurement polled(const ToldHistory& told) {
  return polling_experiments().front().conclude(told.history).measurements().at("poll.interval");
}

ToldHistory stopped_polling(int heartbeats, bool leaves) {
  ToldHistory told;
  for (const std::string client : {"java", "librdkafka"}) {
    assigned(told, client + "-stalls", {0});
    assigned(told, client + "-partner", {1});
    told.tell(client + "-stalls", {{"received", "a"}});
    for (int i = 0; i < heartbeats; ++i)
      told.tell("wire", {{"request", "Heartbeat"}, {"of", client + "-stalls"}, {"body", {{"x", 1}}}});
    if (!leaves) continue;
    told.history.left.push_back({.program = client + "-stalls", .at = told.now()});
    assigned(told, client + "-partner", {0, 1});
  }
  return told.note("watched");
}

TEST(Polling, RemovesAMemberThatGoesOnSendingHeartbeats) {
  const Measurement found = polled(stopped_polling(5, true));
  EXPECT_EQ(obstacle_to(found), "");
  ASSERT_EQ(found.values.size(), 2u);
  EXPECT_EQ(found.values[1].value, "removed");
}

TEST(Polling, MayLeaveAMemberWhereItIs) {
  EXPECT_EQ(polled(stopped_polling(5, false)).values.at(0).value, "stays");
}

TEST(Polling, ShowsNothingOfAMemberWhoseHeartbeatsEndedToo) {
  EXPECT_NE(obstacle_to(polled(stopped_polling(0, true))), "");
}

}  // namespace
}  // namespace klab
