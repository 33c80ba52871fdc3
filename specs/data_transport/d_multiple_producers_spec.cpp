// Section D, multiple producers. Two producers send the whole sample at the same time; one consumer then
// reads both copies. Their records may mix within a partition in any way that keeps each producer's own
// order.

#include "checks/printed/printed_once.hpp"
#include "checks/sending/ran_together.hpp"
#include "checks/stored/file_order.hpp"
#include "checks/stored/sent_by_each.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

constexpr int kProducers = 2;

struct MultipleProducers : Section<MultipleProducers> {
  static void play(Stage& stage) {
    stage.make_sample(stage.parameter("records"));
    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));

    stage.produce_together("producer", kProducers, topic, stage.seconds("producer_seconds"),
                           stage.seconds("together_seconds"));
    stage.consume("consumer", topic, stage.fresh_group(), stage.seconds("consumer_seconds"));
    stage.read_back(topic);
  }
};

TEST_F(MultipleProducers, StoresEveryRecordOnceForEachProducer) {
  EXPECT_HOLDS(sent_by_each(history(), topic(), "producer", kProducers));
}

TEST_F(MultipleProducers, RunsTheProducersAtTheSameTime) {
  EXPECT_HOLDS(ran_together(history(), "producer"));
}

TEST_F(MultipleProducers, StoresEachProducersRecordsInFileOrder) {
  EXPECT_HOLDS(file_order(history(), topic(), kProducers));
}

TEST_F(MultipleProducers, PrintsEveryRecordOnceForEachProducer) {
  EXPECT_HOLDS(printed_once(history(), topic(), "consumer"));
}

}  // namespace klab
