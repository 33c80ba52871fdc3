// What is concluded of records that were acknowledged: when brokers are lost, on disk, and from producers
// that are fenced.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

constexpr const char *kCaughtUp = "all replicas have it", *kLeaderAlone = "the leader alone has it",
                     *kAfterwards = "after the leader was killed", *kAtLast = "two brokers are lost";
constexpr const char *kSurviving = "surviving", *kWantsTwo = "surviving-wants-two";

struct Loss {
  std::string in_sync = "2", new_leader = "3", last_leader = "1";
  bool has_one = false, has_all = true;  ///< of what the leader alone had, by acks
  bool is_taken_over = true;
  int caught_up = 50, surviving = 50, acked_before = 50;
  bool is_read = true;
  std::string at_last = "acked", at_last_of_two = "failed";  ///< told of a record to the last broker
};

void acknowledge(ToldHistory& story, const std::string& program, const std::string& value, int times = 1) {
  for (int i = 0; i < times; ++i) story.tell(program, {{"acked", value}});
}

void store(ToldHistory& story, const std::string& topic, const std::string& value, int times) {
  for (int i = 0; i < times; ++i) story.stored(topic, value);
}

void lose_leader(ToldHistory& story, const Loss& how) {
  for (const std::string program : {"acks-one", "acks-all"}) acknowledge(story, program, kCaughtUp, 50);
  acknowledge(story, "load", kCaughtUp, how.acked_before);
  acknowledge(story, "survivor", kCaughtUp, 2 * how.acked_before);
  acknowledge(story, "acks-one", kLeaderAlone);
  story.note("in sync when the leader was killed", how.in_sync).note("leader killed");
  if (how.is_taken_over) acknowledge(story, "load", kAfterwards);
  if (!how.new_leader.empty()) story.note("new leader", how.new_leader);
  acknowledge(story, "acks-all", kLeaderAlone);
  for (const std::string topic : {"acks-one", "acks-all"}) store(story, topic, kCaughtUp, how.caught_up);
  store(story, "acks-one", kLeaderAlone, how.has_one ? 1 : 0);
  store(story, "acks-all", kLeaderAlone, how.has_all ? 1 : 0);
}

void lose_another(ToldHistory& story, const Loss& how) {
  story.note("last leader", how.last_leader);
  for (const auto& [topic, told] :
       {std::pair(kSurviving, how.at_last), std::pair(kWantsTwo, how.at_last_of_two)}) {
    if (how.is_read) story.drained(topic);
    if (!told.empty()) story.tell(topic, {{told, kAtLast}});
  }
  store(story, kSurviving, kCaughtUp, how.surviving);
  store(story, kWantsTwo, kCaughtUp, 50);
}

std::string lost(const std::string& claim, const Loss& how) {
  ToldHistory story;
  lose_leader(story, how);
  lose_another(story, how);
  return concluded(claim, story.history);
}

TEST(LeaderLossPlay, SeesWhatIsLostOfWhatWasAcknowledged) {
  EXPECT_EQ(lost("durability.leader_loss", {}), "lost; kept");
  EXPECT_EQ(lost("durability.leader_loss", {.has_all = false}), "lost; lost");
}

TEST(LeaderLossPlay, IsUndecidedWhenTheLeaderHadNothingAlone) {
  EXPECT_EQ(lost("durability.leader_loss", {.has_one = true}), "undecided");
  EXPECT_EQ(lost("durability.leader_loss", {.in_sync = "1"}), "undecided");
  EXPECT_EQ(lost("durability.leader_loss", {.new_leader = "2"}), "undecided");
  EXPECT_EQ(lost("durability.leader_loss", {.caught_up = 49}), "undecided");
}

TEST(FailoverPlay, SeesWhetherAFollowerTakesOver) {
  EXPECT_EQ(lost("failover", {}), "yes");
  EXPECT_EQ(lost("failover", {.new_leader = "none", .is_taken_over = false}), "no");
}

TEST(FailoverPlay, IsUndecidedWhenNobodyLookedOrTheLeaderIsTheSame) {
  EXPECT_EQ(lost("failover", {.new_leader = "", .is_taken_over = false}), "undecided");
  EXPECT_EQ(lost("failover", {.new_leader = "2"}), "undecided");
  EXPECT_EQ(lost("failover", {.in_sync = "1"}), "undecided");
  EXPECT_EQ(lost("failover", {.acked_before = 0}), "undecided");
}

TEST(SurvivalPlay, SeesWhatTheLastBrokerHasAndTakes) {
  EXPECT_EQ(lost("replicas.survive", {}), "fewer; n-1; writing: n-1; n-1; writing: fewer");
  EXPECT_EQ(lost("replicas.survive", {.surviving = 49}), "fewer; fewer; writing: n-1; n-1; writing: fewer");
  EXPECT_EQ(lost("replicas.survive", {.at_last = "failed", .at_last_of_two = "acked"}),
            "fewer; n-1; writing: fewer; n-1; writing: n-1");
}

TEST(SurvivalPlay, IsUndecidedWhenTheLastBrokerWasNotReadOrNotWrittenTo) {
  EXPECT_EQ(lost("replicas.survive", {.surviving = 0, .is_read = false}), "undecided");
  EXPECT_EQ(lost("replicas.survive", {.at_last = ""}), "undecided");
  EXPECT_EQ(lost("replicas.survive", {.has_one = true}), "undecided") << "no loss is seen as one";
  EXPECT_EQ(lost("replicas.survive", {.acked_before = 49}), "undecided");
}

TEST(SurvivalPlay, IsUndecidedWhenAnotherBrokerIsThereOrTheFirstLossShowsNothing) {
  EXPECT_EQ(lost("replicas.survive", {.last_leader = "3"}), "undecided");
  EXPECT_EQ(lost("replicas.survive", {.in_sync = "1"}), "undecided");
}

std::string forced(const nlohmann::ordered_json& points, int acknowledged = 20) {
  ToldHistory story;
  for (const std::string topic : {"acks-1", "acks-all", "flushed", "flushed-last"})
    acknowledge(story, "to-" + topic, "1", acknowledged);
  return concluded("durability.fsync", story.note("recovery points", points).history);
}

TEST(FlushingPlay, SeesWhatIsForcedToDisk) {
  EXPECT_EQ(forced({{"acks-1", 0}, {"acks-all", 0}, {"flushed", 20}, {"flushed-last", 20}}),
            "no; no; no; yes");
  EXPECT_EQ(forced({{"acks-1", 0}, {"acks-all", 20}, {"flushed", 20}, {"flushed-last", 20}}),
            "yes; no; yes; yes");
}

TEST(FlushingPlay, IsUndecidedWhenTheBrokerWroteDownNothingOfATopicOrTooEarly) {
  EXPECT_EQ(forced({{"acks-all", 0}, {"flushed", 20}, {"flushed-last", 20}}), "undecided");
  EXPECT_EQ(forced({{"acks-1", 0}, {"acks-all", 0}, {"flushed", 20}, {"flushed-last", 0}}), "undecided");
}

TEST(FlushingPlay, IsUndecidedWhenNotAllWasAcknowledged) {
  EXPECT_EQ(forced({{"acks-1", 0}, {"acks-all", 0}, {"flushed", 20}, {"flushed-last", 20}}, 19), "undecided");
}

std::string fenced(const std::string& error, const std::vector<std::string>& stored) {
  ToldHistory story;
  story.tell("old-one", {{"committed", true}, {"error", ""}});
  story.tell("old-one", {{"committed", error.empty()}, {"error", error}});
  for (const std::string& value : stored) story.stored("fenced", value);
  return concluded("txn.fencing", story.history);
}

TEST(FencingPlay, SeesWhetherTheOldProducerCanGoOn) {
  EXPECT_EQ(fenced("_FENCED", {"old-one before", "stranger after", "new-one after"}), "fenced");
  EXPECT_EQ(fenced("", {"old-one before", "stranger after", "new-one after", "old-one after"}), "both");
}

TEST(FencingPlay, IsUndecidedWhenTheOldProducerFailedForAnotherReason) {
  EXPECT_EQ(fenced("_TIMED_OUT", {"old-one before", "stranger after", "new-one after"}), "undecided");
  EXPECT_EQ(fenced("", {"old-one before", "stranger after", "new-one after"}), "undecided");
}

TEST(FencingPlay, IsUndecidedWhenAnotherProducerCannotGoOnEither) {
  EXPECT_EQ(fenced("_FENCED", {"old-one before", "new-one after"}), "undecided");
  EXPECT_EQ(fenced("_FENCED", {"old-one before", "stranger after"}), "undecided");
}

TEST(FencingPlay, IsUndecidedWhenTheOldProducerCouldNotWriteBeforeEither) {
  EXPECT_EQ(fenced("_FENCED", {"stranger after", "new-one after"}), "undecided");
}

}  // namespace
}  // namespace klab
