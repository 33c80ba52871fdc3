#include "reports/pictures/group_timelines.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

using namespace std::chrono_literals;

Assigned assigned(std::string program, std::string member, std::vector<int> partitions, Moment at) {
  Assigned event{
      .line = 1, .program = std::move(program), .at = at, .group = "g", .member = std::move(member)};
  for (const int partition : partitions) event.partitions.push_back({"t", partition});
  return event;
}

History two_members() {
  History history;
  history.programs = {{.program = "consumer-1", .started = 0s, .ended = 5s},
                      {.program = "consumer-2", .started = 1s, .ended = 4s}};
  history.assigned = {assigned("consumer-1", "m1", {0, 1}, 1s), assigned("consumer-1", "m1", {0}, 2s),
                      assigned("consumer-2", "m2", {1}, 2s)};
  history.revoked = {{.line = 2,
                      .program = "consumer-1",
                      .at = 1500ms,
                      .group = "g",
                      .member = "m1",
                      .partitions = {{"t", 1}}}};
  return history;
}

TEST(GroupTimelines, DrawsALaneForEachPartitionAndASpanForEachOwner) {
  const auto timelines = group_timelines(two_members());
  ASSERT_EQ(timelines.size(), 1u);
  ASSERT_EQ(timelines[0].lanes.size(), 2u);
  EXPECT_EQ(timelines[0].lanes[0].label, "partition 0");
  EXPECT_EQ(timelines[0].lanes[0].spans.size(), 1u);
  const auto& moved = timelines[0].lanes[1].spans;
  ASSERT_EQ(moved.size(), 2u);
  EXPECT_EQ(moved[0].text, "1: consumer-1");
  EXPECT_EQ(moved[0].until, Moment(1500ms));
  EXPECT_EQ(moved[1].text, "2: consumer-2");
  EXPECT_EQ(moved[1].from, Moment(2s));
  EXPECT_EQ(moved[1].until, Moment(4s));
  EXPECT_NE(moved[0].hue, moved[1].hue);
  EXPECT_EQ(timelines[0].legend.size(), 2u);
}

TEST(GroupTimelines, TellsTheMembersOfOneProgramApart) {
  History history = two_members();
  history.programs.pop_back();
  history.assigned[2].program = "consumer-1";
  const auto timelines = group_timelines(history);
  ASSERT_EQ(timelines.size(), 1u);
  EXPECT_EQ(timelines[0].legend.at(1).meaning, "2: consumer-1, member 2");
}

TEST(GroupTimelines, DrawsNothingForAGroupOfOne) {
  History history = two_members();
  history.assigned.pop_back();
  EXPECT_TRUE(group_timelines(history).empty());
}

}  // namespace
}  // namespace klab
