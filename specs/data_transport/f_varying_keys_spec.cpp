// Section F, varying keys. A producer gives each record one of five keys; consumers print the records of one
// key each. Kafka keeps a key's records in one partition and in order, and promises nothing between keys, so
// nothing is asked between them.

#include "checks/printed/printed_by_key.hpp"
#include "checks/printed/silent_for_key.hpp"
#include "checks/stored/key_order.hpp"
#include "checks/stored/keys_spread.hpp"
#include "checks/stored/one_partition_per_key.hpp"
#include "checks/stored/stored_times.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {
namespace {

using Keys = std::vector<std::string>;

const Keys kKeys = {"1", "2", "3", "4", "5"};
constexpr auto kUnusedKey = "100";

/// One consumer for each key, all at once, each in a group of its own.
void consume_by_key(Stage& stage, const Topic& topic, const Keys& keys) {
  Contents contents = stage.contents_of({topic});
  if (contents.records == 0) return;
  std::vector<Reading> readings;
  for (const std::string& key : keys)
    readings.push_back({.consumers = stage.start({.role = "keyed_consumer", .topics = {topic}, .key = key}),
                        .contents = contents,
                        .expected = contents.by_key[key]});
  stage.stop_when_read(std::move(readings), stage.seconds("consumer_seconds"));
}

}  // namespace

struct VaryingKeys : Section<VaryingKeys> {
  static void play(Stage& stage) {
    stage.make_sample(stage.parameter("records"));
    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));

    stage.produce("keyed_producer", topic, stage.seconds("producer_seconds"), kKeys);
    consume_by_key(stage, topic, {"1", "2", "3", "4", "5", kUnusedKey});
    consume_by_key(stage, topic, {kUnusedKey, "4", "2", "5", "3", "1"});
    stage.read_back(topic);
  }
};

TEST_F(VaryingKeys, StoresEveryRecordOnce) { EXPECT_HOLDS(stored_times(history(), topic(), 1)); }

TEST_F(VaryingKeys, UsesTheFiveKeysEvenly) { EXPECT_HOLDS(keys_spread(history(), topic(), kKeys)); }

TEST_F(VaryingKeys, KeepsEachKeyInOnePartition) { EXPECT_HOLDS(one_partition_per_key(history(), topic())); }

TEST_F(VaryingKeys, StoresEachKeyInFileOrder) { EXPECT_HOLDS(key_order(history(), topic())); }

TEST_F(VaryingKeys, PrintsTheRecordsOfTheKeyInOrder) {
  EXPECT_HOLDS(printed_by_key(history(), topic(), "keyed_consumer", kKeys));
}

TEST_F(VaryingKeys, PrintsNothingForAKeyThatIsNotUsed) {
  EXPECT_HOLDS(silent_for_key(history(), topic(), "keyed_consumer", kUnusedKey));
}

TEST_F(VaryingKeys, KeepsEachKeysOrderWhenRunAgain) {
  EXPECT_HOLDS(printed_by_key_again(history(), topic(), "keyed_consumer", kKeys));
}

}  // namespace klab
