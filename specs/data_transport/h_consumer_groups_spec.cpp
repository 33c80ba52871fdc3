// Section H, consumer groups. Every group is given everything; inside a group members share the partitions
// out. Two groups read the sample with a consumer each, then a second consumer joins the first group and the
// sample is sent again, then a new group reads it all from the beginning.

#include "checks/facts/groups_joined.hpp"
#include "checks/groups/given_its_own.hpp"
#include "checks/groups/group_given_all.hpp"
#include "checks/groups/once_in_group.hpp"
#include "checks/groups/shared_out.hpp"
#include "fixtures/conditions.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

struct ConsumerGroups : Section<ConsumerGroups> {
  static void play(Stage& stage) {
    stage.make_sample(stage.parameter("records"));
    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));
    produce(stage, topic);
    if (stage.has("consumer") && stage.contents_of({topic}).records > 0) consume(stage, topic);
    stage.read_back(topic);
  }

  static void produce(Stage& stage, const Topic& topic) {
    stage.produce(stage.has("keyed_producer") ? "keyed_producer" : "producer", topic,
                  stage.seconds("producer_seconds"), {"1", "2", "3", "4", "5"});
  }

  static void consume(Stage& stage, const Topic& topic) {
    const std::string shared = stage.fresh_group();
    Cast members = consumer_in(shared, stage, topic);
    const Cast other = consumer_in(stage.fresh_group(), stage, topic);
    wait_until_given_all({members, other}, stage, topic);

    members.push_back(consumer_in(shared, stage, topic).front());
    stage.wait_until(stage.seconds("join_seconds"), own_all_together(topic, members));
    produce(stage, topic);

    const Cast newcomer = consumer_in(stage.fresh_group(), stage, topic);
    wait_until_given_all({members, other, newcomer}, stage, topic);
    stage.stop_when_read(
        {stage.reading(members, {topic}), stage.reading(other, {topic}), stage.reading(newcomer, {topic})},
        stage.seconds("consumer_seconds"));
  }

  static Cast consumer_in(const std::string& group, Stage& stage, const Topic& topic) {
    return stage.start({.role = "consumer", .topics = {topic}, .group = group});
  }

  static void wait_until_given_all(const std::vector<Cast>& casts, Stage& stage, const Topic& topic) {
    stage.wait_until(stage.seconds("given_seconds"),
                     each_is_given(stage.contents_of({topic}).records, casts));
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
