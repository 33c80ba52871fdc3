#include <gtest/gtest.h>

#include "claims/mark.hpp"
#include "experiments/plays/rebalances.hpp"
#include "experiments/plays/told_history.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

const RebalancePlayed kPlayed{.name = "eager", .assignor = "range"};

ordered_json parts(const std::vector<int>& partitions) {
  ordered_json all = ordered_json::array();
  for (const int partition : partitions) all.push_back({kRebalancedTopic, partition});
  return all;
}

ordered_json wire(const std::string& direction, const std::string& api, const std::string& of,
                  const ordered_json& body) {
  return {{direction, api}, {"of", of}, {"body", body}};
}

ordered_json record(const std::string& kind, int partition, int offset) {
  return {{kind, "x"}, {"partition", partition}, {"offset", offset}};
}

/// The first member keeps partition 0; ten records come to it in the rebalance, of which it is given some.
ToldHistory rebalance(int given, const std::string& sent_by_leader = "QQ==") {
  ToldHistory told;
  told.tell("first-eager", {{"assigned", parts({0, 1})}}).note("second comes: eager");
  told.tell("wire", wire("request", "JoinGroup", "first-eager", {{"x", 1}}));
  for (int i = 0; i < 10; ++i) {
    told.tell("sender", record("acked", 0, i));
    if (i < given) told.tell("first-eager", record("received", 0, i));
  }
  told.tell("wire", wire("request", "SyncGroup", "first-eager",
                         {{"assignments", {{{"assignment", sent_by_leader}}}}}));
  told.tell("wire", wire("request", "SyncGroup", "second-eager", {{"assignments", ordered_json::array()}}));
  told.tell("wire", wire("response", "SyncGroup", "first-eager", {{"errorCode", 0}, {"assignment", "QQ=="}}));
  told.tell("first-eager", {{"revoked", parts({1})}});
  told.tell("second-eager", {{"assigned", parts({1})}}).note("shared: eager");
  told.tell("first-eager", record("received", 0, 10));
  return told;
}

Measurement pause(int given) {
  Conclusions conclusions;
  conclude_pause(rebalance(given).history, kPlayed, "java", conclusions);
  return conclusions.measurements().at("group.pause");
}

TEST(Rebalances, PauseAMemberThatIsGivenNothingMeanwhile) {
  EXPECT_EQ(obstacle_to(pause(0)), "");
  EXPECT_EQ(pause(0).values.at(0).value, "yes");
  EXPECT_EQ(pause(10).values.at(0).value, "no");
  EXPECT_NE(pause(2).undecided, "");
}

TEST(Rebalances, AreLedByAMemberOnlyIfWhatMembersAreToldIsWhatItSent) {
  const auto leader = [](const std::string& sent) {
    Conclusions conclusions;
    conclude_leader(rebalance(0, sent).history, kPlayed, "java", conclusions);
    return conclusions.measurements().at("group.leader");
  };
  EXPECT_EQ(obstacle_to(leader("QQ==")), "");
  EXPECT_EQ(leader("QQ==").values.at(0).value, "member");
  EXPECT_EQ(leader("Qg==").values.at(0).value, "broker");
}

/// Partition 0 goes from the first member to the second, which may be given it before the first gives it up;
/// another group has it all the time.
Measurement handed_over(bool too_early) {
  ToldHistory told;
  for (int i = 0; i < 10; ++i) told.note("passes the time");
  History history = told.note("shared: eager").history;
  const auto name = [](const std::string& program, const std::string& group, int at_s) {
    return Assigned{.program = program,
                    .at = std::chrono::seconds(at_s),
                    .group = group,
                    .member = program,
                    .generation = 1,
                    .partitions = {{kRebalancedTopic, 0}}};
  };
  for (const std::string program : {"first-eager", "second-eager", "first-other"}) {
    history.joined.push_back({.program = program,
                              .group = program == "first-other" ? "other" : "eager",
                              .member = program,
                              .protocol = "consumer",
                              .generation = 1});
    history.connected.push_back({.program = program, .connection = 1});
    history.overheard.push_back({.program = program, .connections = 1});
  }
  history.assigned = {name("first-eager", "eager", 1), name("first-other", "other", 1)};
  history.revoked.push_back({.program = "first-eager",
                             .at = std::chrono::seconds(5),
                             .group = "eager",
                             .member = "first-eager",
                             .partitions = {{kRebalancedTopic, 0}}});
  history.assigned.push_back(name("second-eager", "eager", too_early ? 4 : 6));
  Conclusions conclusions;
  conclude_one_owner(history, kPlayed, "java", {"eager", "other"}, conclusions);
  return conclusions.measurements().at("group.one_owner");
}

TEST(Rebalances, HandAPartitionOverToOneAfterTheOther) {
  EXPECT_EQ(obstacle_to(handed_over(false)), "");
  EXPECT_EQ(handed_over(false).values.at(0).value, "one");
  EXPECT_EQ(handed_over(true).values.at(0).value, "several");
}

}  // namespace
}  // namespace klab
