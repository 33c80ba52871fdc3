#include <gtest/gtest.h>

#include "claims/mark.hpp"
#include "experiments/plays.hpp"
#include "experiments/plays/told_history.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

Measurement concluded(const std::string& claim, const ToldHistory& told) {
  return fetching_experiments().front().conclude(told.history).measurements().at(claim);
}

ordered_json frame(const std::string& direction, const std::string& api, int correlation, bool has_record) {
  return {{"frame", direction},
          {"api", api},
          {"connection", 1},
          {"correlation", correlation},
          {"has record", has_record}};
}

ToldHistory pulled() {
  ToldHistory told;
  told.history.connected.push_back({.program = "consumer", .connection = 1});
  told.history.overheard.push_back({.program = "consumer", .connections = 1});
  told.note("may fetch");
  for (int i = 1; i <= 2; ++i) {
    told.tell("frames", frame("request", "Fetch", i, false));
    told.tell("frames", frame("response", "Fetch", i, true));
    told.tell("consumer", {{"received", "a"}});
  }
  return told;
}

TEST(Fetching, IsPullWhereRecordsComeInAnswersToFetch) {
  const Measurement found = concluded("push.pull", pulled());
  EXPECT_EQ(obstacle_to(found), "");
  EXPECT_EQ(found.values.at(0).value, "pull");
}

TEST(Fetching, IsPushWhereAResponseComesThatNobodyAskedFor) {
  ToldHistory told = pulled();
  told.tell("frames", frame("response", "Fetch", 3, true));
  EXPECT_EQ(concluded("push.pull", told).values.at(0).value, "push");
}

TEST(Fetching, IsPushWhereRecordsComeBeforeTheConsumerMayFetch) {
  ToldHistory told;
  told.tell("frames", frame("request", "Metadata", 1, false));
  told.tell("frames", frame("response", "Metadata", 1, true));
  told.note("may fetch");
  EXPECT_EQ(concluded("push.pull", told).values.at(0).value, "push");
}

ToldHistory paced(bool flushes_first) {
  ToldHistory told;
  if (flushes_first) told.tell("producer", {{"flushed", true}, {"ms", 1.0}});
  for (int i = 0; i < 10; ++i) told.tell("reader", {{"received", std::to_string(i)}});
  if (!flushes_first) told.tell("producer", {{"flushed", true}, {"ms", 1.0}});
  told.tell("lingering-producer", {{"flushed", true}, {"ms", 1.0}});
  for (int i = 0; i < 10; ++i) told.tell("lingering-reader", {{"received", std::to_string(i)}});
  return told;
}

TEST(Fetching, NeedsAFlushWhereNothingIsReadBeforeIt) {
  EXPECT_EQ(concluded("flush.delivery", paced(true)).values.at(0).value, "yes");
  const Measurement found = concluded("flush.delivery", paced(false));
  EXPECT_EQ(obstacle_to(found), "");
  EXPECT_EQ(found.values.at(0).value, "no");
}

TEST(Fetching, CountsWhatCameWhileTheFlushWasUnderwayAsAfterIt) {
  ToldHistory told;
  for (int i = 0; i < 10; ++i) told.tell("reader", {{"received", std::to_string(i)}});
  told.tell("producer", {{"flushed", true}, {"ms", 5'000.0}});
  EXPECT_NE(concluded("flush.delivery", told).undecided, "") << "half of them came before it began";
}

}  // namespace
}  // namespace klab
