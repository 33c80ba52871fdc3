// Section H, consumer groups. Every group is given everything; inside a group members share the partitions
// out. Two groups read the sample with a consumer each, then a second consumer joins the first group and the
// sample is sent again, then a new group reads it all from the beginning.

#include <algorithm>
#include <set>

#include "checks/facts/groups_joined.hpp"
#include "checks/facts/ownership.hpp"
#include "checks/groups/given_its_own.hpp"
#include "checks/groups/group_given_all.hpp"
#include "checks/groups/once_in_group.hpp"
#include "checks/groups/shared_out.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {
namespace {

/// Whether so many different messages were given to each of these casts.
auto each_was_given(std::size_t messages, const std::vector<Cast>& casts) {
  return [=](const History& history) {
    return std::ranges::all_of(casts, [&](const Cast& cast) {
      std::set<std::pair<int, std::int64_t>> given;
      for (const Delivered& delivered : history.delivered)
        if (std::ranges::find(cast, delivered.program, &Program::name) != cast.end())
          for (const std::int64_t offset : delivered.offsets) given.emplace(delivered.partition, offset);
      return given.size() >= messages;
    });
  };
}

/// Whether everybody in a cast owns partitions, and together they own all.
auto own_all_together(const Topic& topic, const Cast& cast) {
  return [=](const History& history) {
    std::set<std::string> owners;
    int owned = 0;
    for (const Ownership& one : ownerships(history)) {
      const bool is_theirs = std::ranges::find(cast, one.program, &Program::name) != cast.end();
      if (!is_theirs || one.to != kStillOwned) continue;
      owners.insert(one.program);
      ++owned;
    }
    return owners.size() == cast.size() && owned == topic.partitions;
  };
}

}  // namespace

struct ConsumerGroups : Section<ConsumerGroups> {
  static void play(Stage& stage) {
    stage.make_sample(stage.parameter("records"));
    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));
    const auto produce = [&] {
      stage.produce(stage.has("keyed_producer") ? "keyed_producer" : "producer", topic,
                    stage.seconds("producer_seconds"), {"1", "2", "3", "4", "5"});
    };
    const auto consumer_in = [&](const std::string& group) {
      return stage.start({.role = "consumer", .topics = {topic}, .group = group});
    };

    produce();
    if (stage.has("consumer") && stage.contents_of({topic}).records > 0) {
      const std::string shared = stage.fresh_group();
      Cast members = consumer_in(shared);
      const Cast other = consumer_in(stage.fresh_group());
      const auto wait_until_given = [&](const std::vector<Cast>& casts) {
        stage.wait_until(stage.seconds("given_seconds"),
                         each_was_given(stage.contents_of({topic}).records, casts));
      };
      wait_until_given({members, other});
      members.push_back(consumer_in(shared).front());
      stage.wait_until(stage.seconds("join_seconds"), own_all_together(topic, members));
      produce();
      const Cast newcomer = consumer_in(stage.fresh_group());
      wait_until_given({members, other, newcomer});
      stage.stop_when_read(
          {stage.reading(members, {topic}), stage.reading(other, {topic}), stage.reading(newcomer, {topic})},
          stage.seconds("consumer_seconds"));
    }
    stage.read_back(topic);
  }

  /// The group that was the nth to get a consumer, counted from 0; "" where there was none.
  static std::string group(std::size_t number) {
    const auto groups = groups_told(history(), "consumer");
    return number < groups.size() ? groups[number] : std::string();
  }
};

TEST_F(ConsumerGroups, GivesEachGroupEveryRecord) {
  EXPECT_HOLDS(group_given_all(history(), topic(), {group(0), group(1)}));
}

TEST_F(ConsumerGroups, SharesThePartitionsOutInsideAGroup) {
  EXPECT_HOLDS(shared_out(history(), topic(), group(0), 2));
}

TEST_F(ConsumerGroups, GivesEachMemberTheRecordsOfItsPartitions) {
  EXPECT_HOLDS(given_its_own(history(), topic(), group(0), 2));
}

TEST_F(ConsumerGroups, GivesANewGroupAllThatIsRetained) {
  EXPECT_HOLDS(group_given_all(history(), topic(), {group(2)}));
}

TEST_F(ConsumerGroups, GivesNobodyARecordTwice) { EXPECT_HOLDS(once_in_group(history(), topic(), group(0))); }

}  // namespace klab
