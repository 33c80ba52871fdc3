#include <gtest/gtest.h>

#include <fmt/format.h>

#include "claims/mark.hpp"
#include "experiments/plays.hpp"
#include "experiments/plays/told_history.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

/// How many partitions each member of the groups was given, and whether a second group was given all records.
struct Shared {
  std::vector<int> six = {3, 3}, four = {1, 1, 1, 1, 0}, ten = {5, 5}, two_topics = {4, 2};
  std::size_t others_given = 60;
  std::size_t left_in_log = 60;
};

ordered_json parts(const std::string& topic, int from, int count) {
  ordered_json all = ordered_json::array();
  for (int i = from; i < from + count; ++i) all.push_back({topic, i});
  return all;
}

void join(ToldHistory& told, const std::string& group, const std::string& topic,
          const std::vector<int>& sizes) {
  int from = 0;
  for (std::size_t i = 0; i < sizes.size(); from += sizes[i++])
    told.tell(fmt::format("{}-{}", group, i + 1), {{"assigned", parts(topic, from, sizes[i])}});
  told.note(group, "settled");
}

/// Each member is given ten records for each of its partitions, up to `most` in all.
void read(ToldHistory& told, const std::string& group, const std::string& topic,
          const std::vector<int>& sizes, std::size_t most) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    for (int k = 0; k < sizes[i] * 10 && next < most; ++k)
      told.tell(fmt::format("{}-{}", group, i + 1), {{"received", fmt::format("{} {}", topic, next++)}});
}

ToldHistory play(const Shared& shared) {
  ToldHistory told;
  const auto send = [&](const std::string& topic, int count) {
    for (int i = 0; i < count; ++i) told.tell("sender", {{"acked", fmt::format("{} {}", topic, i)}});
  };
  join(told, "six-for-two", "six", shared.six);
  join(told, "four-for-five", "four", shared.four);
  join(told, "ten-for-two", "ten", shared.ten);
  join(told, "two-topics", "left", shared.two_topics);
  send("six", 60), send("four", 40), send("ten", 100), send("shortened", 10);
  read(told, "six-for-two", "six", shared.six, 60);
  read(told, "others", "six", {3, 3}, shared.others_given);
  read(told, "four-for-five", "four", shared.four, 40);
  read(told, "ten-for-two", "ten", shared.ten, 100);
  for (std::size_t i = 0; i < shared.left_in_log; ++i) told.history.logged.push_back({.topic = "six"});
  for (int i = 0; i < 5; ++i) told.history.logged.push_back({.topic = "shortened"});
  told.history.committed.push_back({.group = "six-for-two", .topic = "six", .offset = 10});
  return told;
}

Measurement concluded(const std::string& claim, const Shared& shared) {
  return group_experiments().front().conclude(play(shared).history).measurements().at(claim);
}

TEST(Groups, ShareEvenlyWhereNobodyHasTwoMoreThanAnother) {
  const Measurement found = concluded("group.split", {});
  EXPECT_EQ(obstacle_to(found), "");
  EXPECT_EQ(found.values.at(0).value, "evenly");
  EXPECT_EQ(found.values.at(1).value, "idle");
  EXPECT_EQ(concluded("group.split", {.six = {4, 2}}).values.at(0).value, "unevenly");
}

TEST(Groups, ShowNothingWhereUnevenSharesAreNotSeenAsSuch) {
  EXPECT_NE(obstacle_to(concluded("group.split", {.two_topics = {3, 3}})), "");
}

TEST(Groups, AreIndependentWhereEachIsGivenAll) {
  EXPECT_EQ(obstacle_to(concluded("group.independent", {})), "");
  EXPECT_EQ(concluded("group.independent", {}).values.at(0).value, "yes");
  EXPECT_NE(concluded("group.independent", {.others_given = 59}).undecided, "");
}

TEST(Groups, RemoveRecordsOnlyWhereTheLogHasNoneOfThemLeft) {
  EXPECT_EQ(obstacle_to(concluded("consume.removes", {})), "");
  EXPECT_EQ(concluded("consume.removes", {}).values.at(0).value, "no");
  EXPECT_EQ(concluded("consume.removes", {.left_in_log = 0}).values.at(0).value, "yes");
  EXPECT_NE(concluded("consume.removes", {.left_in_log = 30}).undecided, "");
}

}  // namespace
}  // namespace klab
