// What is concluded from plays with faults: hand-written histories that refute, and that nearly show
// something.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"
#include "claims/mark.hpp"
#include "experiments/experiment.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Measurement concluded(const std::string& claim, const History& history) {
  return experiments_on({claim}).front().conclude(history).measurements().at(claim);
}

/// The value that settles a claim; why it is not settled otherwise.
std::string value_of(const std::string& claim, const History& history) {
  const Measurement measured = concluded(claim, history);
  const std::string obstacle = obstacle_to(measured);
  return obstacle.empty() ? measured.values.front().value : "unsettled: " + obstacle;
}

/// What the replicas' play notes: looks at the follower before and after what is said to happen at 1, 5 or
/// 20 s.
HistoryOf looked_at_follower() {
  const std::string topics = "three two three-of-them-two all-three read";
  HistoryOf history("t");
  history.at(2s).printed_text("klab", fmt::format(R"({{"in sync when it had stopped": "{}"}})", topics));
  history.at(10s).printed_text("klab", R"({"in sync when it was left behind": ""})");
  for (const char* topic : {"three", "two", "three-of-them-two", "all-three"})
    history.at(0s).printed_text("acks-all", fmt::format(R"({{"acked": "before {}", "ms": 1}})", topic));
  history.printed_text("acks-one", R"({"acked": "before read", "ms": 1})");
  history.printed_text("reader", R"({"received": "before read"})");
  return history;
}

HistoryOf& acknowledged(HistoryOf& history, const std::string& topic, Moment when) {
  return history.at(when).printed_text("acks-all",
                                       fmt::format(R"({{"acked": "meanwhile {}", "ms": 7}})", topic));
}

HistoryOf acknowledged_by_leader() {
  HistoryOf history = looked_at_follower();
  history.at(1s).printed_text("acks-one", R"({"acked": "meanwhile read", "ms": 2})");
  return history;
}

TEST(AcksAll, IsForTheReplicasInSyncWhenItComesOnceTheFollowerHasLeftThem) {
  HistoryOf history = acknowledged_by_leader();
  for (const char* topic : {"three", "two", "three-of-them-two"}) acknowledged(history, topic, 11s);
  EXPECT_EQ(value_of("acks.all", history), "in-sync replicas");
  EXPECT_EQ(value_of("acks.one", history), "no");
}

TEST(AcksAll, IsForTheLeaderWhenNothingWaits) {
  HistoryOf history = acknowledged_by_leader();
  for (const char* topic : {"three", "two", "three-of-them-two"}) acknowledged(history, topic, 1s);
  EXPECT_EQ(value_of("acks.all", history), "leader");
}

TEST(AcksAll, IsForAMajorityWhenOnlyTwoReplicasWait) {
  HistoryOf history = acknowledged_by_leader();
  acknowledged(acknowledged(history, "three", 1s), "two", 11s);
  acknowledged(history, "three-of-them-two", 11s);
  EXPECT_EQ(value_of("acks.all", history), "majority");
}

TEST(AcksAll, IsForEveryReplicaWhenItNeverComes) {
  EXPECT_EQ(value_of("acks.all", acknowledged_by_leader()), "every replica");
}

TEST(AcksAll, IsUndecidedWhenTheFollowerHadLeftBeforeTheFirstLook) {
  HistoryOf history("t");
  history.printed_text("klab", R"({"in sync when it had stopped": ""})");
  history.printed_text("klab", R"({"in sync when it was left behind": ""})");
  EXPECT_NE(concluded("acks.all", history).undecided, "");
}

TEST(Visibility, IsSeenBeforeAndAfterTheFollowerHasLeft) {
  HistoryOf early = acknowledged_by_leader(), late = acknowledged_by_leader();
  early.at(1s).printed_text("reader", R"({"received": "meanwhile read"})");
  late.at(11s).printed_text("reader", R"({"received": "meanwhile read"})");
  EXPECT_EQ(value_of("hw.visibility", early), "yes");
  EXPECT_EQ(value_of("hw.visibility", late), "no");
  EXPECT_NE(concluded("hw.visibility", acknowledged_by_leader()).undecided, "");
}

/// Turns of the costs' play: what acks=all takes, everything else as it ought to be.
HistoryOf timed(const std::vector<double>& all) {
  HistoryOf history("t");
  const auto took = [&](const char* name, double ms) {
    history.printed_text(name, fmt::format(R"({{"took": {}}})", ms));
  };
  for (const double ms : all) {
    took("acks=0", 50);
    took("acks=1", 100);
    took("acks=1 again", 103);
    took("acks=1, with answers 3 ms late", 400);
    took("acks=all", ms);
    took("acks=all, with a flush at the end", 10);
  }
  return history;
}

TEST(Costs, AreHigherWhenTheyAreInAllTurnsButOne) {
  EXPECT_EQ(value_of("acks.latency", timed({200, 210, 90, 220, 200})), "slower");
  EXPECT_EQ(value_of("flush.each", timed({200, 210, 90, 220, 200})), "slower");
}

TEST(Costs, AreUndecidedWhenTurnsDoNotAgree) {
  EXPECT_NE(concluded("acks.latency", timed({200, 90, 90, 220, 200})).undecided, "");
  EXPECT_NE(concluded("acks.latency", timed({115, 112, 118, 111, 116})).undecided, "");
}

}  // namespace
}  // namespace klab
