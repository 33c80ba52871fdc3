// Section A, initialization. A producer sends the 1000 records of the sample, one record a message; a
// consumer reads them and prints each. Kafka promises order within a partition, so that is where file order
// is asked for.

#include "checks/printed/exits_zero.hpp"
#include "checks/printed/printed_once.hpp"
#include "checks/printed/sample_file.hpp"
#include "checks/sending/acknowledged_before_exit.hpp"
#include "checks/stored/contents_unchanged.hpp"
#include "checks/stored/file_order.hpp"
#include "checks/stored/one_record_a_message.hpp"
#include "checks/stored/stored_times.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

struct Initialization : Section<Initialization> {
  static void play(Stage& stage) {
    stage.inspect_submitted_file("bcsample.json");
    stage.make_sample(stage.parameter("records"));
    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));

    stage.produce("producer", topic, stage.seconds("producer_seconds"));
    stage.consume("consumer", topic, stage.fresh_group(), stage.seconds("consumer_seconds"));
    stage.read_back(topic);
  }
};

TEST_F(Initialization, SubmitsASampleOfBreadcrumbs) {
  EXPECT_HOLDS(sample_file(history(), "bcsample.json", 1000, breadcrumb_fields()));
}

TEST_F(Initialization, StoresEveryRecordOnce) { EXPECT_HOLDS(stored_times(history(), topic(), 1)); }

TEST_F(Initialization, SendsOneRecordAMessage) { EXPECT_HOLDS(one_record_a_message(history(), topic())); }

TEST_F(Initialization, LeavesContentsUnchanged) { EXPECT_HOLDS(contents_unchanged(history(), topic())); }

TEST_F(Initialization, StoresAPartitionInFileOrder) { EXPECT_HOLDS(file_order(history(), topic(), 1)); }

TEST_F(Initialization, HasItsAcknowledgementsBeforeItExits) {
  EXPECT_HOLDS(acknowledged_before_exit(history(), "producer"));
}

TEST_F(Initialization, EndsTheProducerWithExitCodeZero) { EXPECT_HOLDS(exits_zero(history(), "producer")); }

TEST_F(Initialization, PrintsEveryRecordOnce) { EXPECT_HOLDS(printed_once(history(), topic(), "consumer")); }

}  // namespace klab
