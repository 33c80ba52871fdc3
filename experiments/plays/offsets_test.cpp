#include <gtest/gtest.h>

#include "claims/mark.hpp"
#include "experiments/plays.hpp"
#include "experiments/plays/told_history.hpp"

namespace klab {
namespace {

Measurement concluded(const std::string& claim, const ToldHistory& told) {
  return offset_experiments().front().conclude(told.history).measurements().at(claim);
}

/// Seven records were read; this was committed, and these programs began there.
ToldHistory read_seven(std::int64_t committed, const std::map<std::string, std::int64_t>& began) {
  ToldHistory told;
  for (int i = 0; i < 7; ++i) told.tell("first", {{"received", "x"}, {"offset", i}});
  told.tell("again-earliest", {{"received", "x"}, {"offset", began.at("again-earliest")}});
  told.history.committed.push_back({.group = "commits-some", .topic = "numbers", .offset = committed});
  for (const auto& [program, offset] : began)
    told.history.fetch_started.push_back({.program = program, .topic = "numbers", .offset = offset});
  return told;
}

ToldHistory as_kafka_does() {
  return read_seven(7, {{"again-earliest", 7}, {"again-latest", 7}, {"new-earliest", 0}, {"new-latest", 20}});
}

TEST(Offsets, AreOfTheNextRecordOrOfTheLast) {
  EXPECT_EQ(obstacle_to(concluded("offsets.meaning", as_kafka_does())), "");
  EXPECT_EQ(concluded("offsets.meaning", as_kafka_does()).values.at(0).value, "next");
  EXPECT_EQ(concluded("offsets.meaning", read_seven(6, {{"again-earliest", 7}})).values.at(0).value, "last");
  EXPECT_NE(concluded("offsets.meaning", read_seven(5, {{"again-earliest", 5}})).undecided, "");
}

TEST(Offsets, AreAskedBeforeTheResetPolicyUnlessAMemberBeginsElsewhere) {
  EXPECT_EQ(concluded("offsets.reset_first", as_kafka_does()).values.at(0).value, "no");
  const auto resets =
      read_seven(7, {{"again-earliest", 0}, {"again-latest", 20}, {"new-earliest", 0}, {"new-latest", 20}});
  EXPECT_EQ(concluded("offsets.reset_first", resets).values.at(0).value, "yes");
}

TEST(Offsets, ShowNothingOfThePolicyWhereItIsNotSeenToMatterAtAll) {
  const auto stuck =
      read_seven(7, {{"again-earliest", 7}, {"again-latest", 7}, {"new-earliest", 7}, {"new-latest", 7}});
  EXPECT_NE(obstacle_to(concluded("offsets.reset_first", stuck)), "");
}

TEST(Offsets, AreInTheInternalTopicOnlyIfARecordThereNamesTheGroup) {
  ToldHistory told = as_kafka_does();
  told.note("written while nothing was committed", "0").note("written by a commit", "1");
  EXPECT_NE(obstacle_to(concluded("offsets.topic", told)), "");
  told.note("of these for the group", "1");
  EXPECT_EQ(obstacle_to(concluded("offsets.topic", told)), "");
}

TEST(Offsets, ExpireOnlyWhereTheyAreSeenToGoFromAnEmptyGroup) {
  const auto concluded = [](const ToldHistory& told) {
    return offset_expiry_experiments().front().conclude(told.history).measurements().at("offsets.expire");
  };
  ToldHistory told;
  told.note("left").note("at once empty", "committed").note("in the end empty", "committed");
  told.note("in the end staying", "committed");
  EXPECT_EQ(concluded(told).values.at(0).value, "no");
  told.note("in the end empty", "nothing");
  EXPECT_NE(concluded(told).undecided, "") << "they were still there when it was given up";
  told.note("gone");
  EXPECT_EQ(concluded(told).values.at(0).value, "yes");
  told.note("in the end staying", "nothing");
  EXPECT_NE(obstacle_to(concluded(told)), "") << "a group with a member lost its own as well";
}

/// Whether an empty group's were there at once and in the end, and whether they were seen to go.
std::string expired(const std::string& at_once, const std::string& in_the_end, bool are_gone) {
  ToldHistory told;
  told.note("left").note("at once empty", at_once).note("in the end staying", "committed");
  if (are_gone) told.note("gone");
  if (!in_the_end.empty()) told.note("in the end empty", in_the_end);
  const Measurement found =
      offset_expiry_experiments().front().conclude(told.history).measurements().at("offsets.expire");
  return obstacle_to(found).empty() ? found.values.at(0).value : "undecided";
}

TEST(Offsets, ShowNothingOfTheirExpiryWhereTheyWereNotSeenBeforeOrToTheEnd) {
  EXPECT_EQ(expired("committed", "nothing", true), "yes");
  EXPECT_EQ(expired("committed", "committed", false), "no");
  EXPECT_EQ(expired("nothing", "nothing", true), "undecided");
  EXPECT_EQ(expired("committed", "", false), "undecided");
  EXPECT_EQ(expired("committed", "committed", true), "undecided") << "they came back";
}

}  // namespace
}  // namespace klab
