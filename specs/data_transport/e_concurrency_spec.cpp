// Section E, concurrent producers and consumers. Two consumers of one group are started first; when both own
// partitions, three producers send the sample, each with a wait of 250 ms after every record. The group
// shares out partitions and not records: with a constant key one consumer is rightly given everything.

#include "checks/groups/delivered_to_one.hpp"
#include "checks/groups/members_together.hpp"
#include "checks/groups/owned_by_one.hpp"
#include "checks/printed/printed_by_members.hpp"
#include "checks/sending/consumed_meanwhile.hpp"
#include "checks/sending/gaps_between_sends.hpp"
#include "checks/stored/one_partition_per_key.hpp"
#include "fixtures/conditions.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

using namespace std::chrono_literals;

constexpr int kProducers = 3;
constexpr int kConsumers = 2;

struct Concurrency : Section<Concurrency> {
  static void play(Stage& stage) {
    stage.make_sample(stage.parameter("records"));
    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));

    const Cast consumers =
        stage.start({.role = "consumer", .topics = {topic}, .group = stage.fresh_group()}, kConsumers);
    if (!consumers.empty())
      stage.wait_until(stage.seconds("ready_seconds"), are_assigned_partitions(consumers));
    stage.produce_together("slow_producer", kProducers, topic, stage.seconds("producer_seconds"), 0s);
    stage.stop_when_read({stage.reading(consumers, {topic})}, stage.seconds("consumer_seconds"));
    stage.read_back(topic);
  }

  static SendGap gap() {
    return {.wait = SectionRun::current().parameter("wait_milliseconds") * 1ms,
            .longest = SectionRun::current().parameter("longest_milliseconds") * 1ms};
  }
};

TEST_F(Concurrency, WaitsAfterEachRecord) {
  EXPECT_HOLDS(gaps_between_sends(history(), topic(), "slow_producer", gap()));
}

TEST_F(Concurrency, HasBothConsumersInOneGroup) {
  EXPECT_HOLDS(members_together(history(), topic(), "consumer"));
}

TEST_F(Concurrency, GivesEachPartitionOneOwner) {
  EXPECT_HOLDS(owned_by_one(history(), topic(), "consumer"));
}

TEST_F(Concurrency, DeliversEachRecordToOneConsumer) {
  EXPECT_HOLDS(delivered_to_one(history(), topic(), "consumer"));
}

TEST_F(Concurrency, PrintsEveryRecordOnce) {
  EXPECT_HOLDS(printed_by_members(history(), topic(), "consumer"));
}

TEST_F(Concurrency, ConsumesWhileRecordsAreSent) {
  EXPECT_HOLDS(consumed_meanwhile(history(), topic(), "slow_producer", "consumer"));
}

TEST_F(Concurrency, KeepsAKeyInOnePartition) { EXPECT_HOLDS(one_partition_per_key(history(), topic())); }

}  // namespace klab
