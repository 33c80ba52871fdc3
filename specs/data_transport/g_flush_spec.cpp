// Section G, flush. One producer flushes after each record. Another pauses for two seconds after every 5th
// and flushes after every 15th, while a consumer is running. A pause hides whether flush was called, so the
// tap keeps some acknowledgements back: that of the 16th record of the one and, for longer than pauses of
// whole seconds add up to, those from the last five before the first flush to the second flush of the other.

#include <fmt/format.h>

#include "checks/sending/delivered_soon.hpp"
#include "checks/sending/flushes_after_every.hpp"
#include "checks/sending/goes_on_unacknowledged.hpp"
#include "checks/sending/one_in_flight.hpp"
#include "checks/sending/pauses_after_every.hpp"
#include "checks/stored/stored_times.hpp"
#include "fixtures/conditions.hpp"
#include "fixtures/progress.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

using namespace std::chrono_literals;

struct Flushing : Section<Flushing> {
  static void play(Stage& stage) {
    stage.make_sample(stage.parameter("records"));
    const Topic each = stage.create_topic("flush-each", stage.parameter("partitions"));
    const Topic paced = stage.create_topic("flush-paced", stage.parameter("partitions"));

    const Cast consumers =
        stage.has("flush_paced") ? stage.start({.role = "consumer", .topics = {paced}}) : Cast();
    Cast producers = stage.start(
        {.role = "flush_each",
         .topics = {each},
         .gets_sample = true,
         .gate = stage.acknowledge_late(sixteenth(), stage.parameter("hold_each_milliseconds") * 1ms)});
    if (!consumers.empty())
      stage.wait_until(stage.seconds("ready_seconds"), read_every_partition(paced, consumers));
    const Cast more = stage.start(
        {.role = "flush_paced",
         .topics = {paced},
         .gets_sample = true,
         .gate = stage.acknowledge_late(two_flushes(), stage.parameter("hold_milliseconds") * 1ms)});
    producers.insert(producers.end(), more.begin(), more.end());
    stage.wait_for_end(producers, {each, paced}, stage.seconds("producer_seconds"));
    stage.stop_when_read({stage.reading(consumers, {paced})}, stage.seconds("consumer_seconds"));

    for (const Topic& topic : {each, paced}) stage.read_back(topic);
    measure_without_flush(stage);
  }

  /// Not graded: the lab asks what happens.
  static void measure_without_flush(Stage& stage) {
    if (!stage.has("no_flush")) return;
    const Topic topic = stage.create_topic("no-flush", stage.parameter("partitions"));
    stage.produce("no_flush", topic, stage.seconds("producer_seconds"));
    tell_note(fmt::format("without a flush {} of {} records were stored", stage.contents_of({topic}).records,
                          stage.parameter("records")));
    stage.read_back(topic);
  }

  static std::size_t fifteen() { return number("flush_every"); }

  static Stretch sixteenth() { return {.first = fifteen() + 1, .last = fifteen() + 1}; }

  /// One of them alone is there also where a program flushes half as often.
  static Stretch two_flushes() {
    const std::size_t five = number("pause_every");
    return {.first = fifteen() - five + 1, .last = 2 * fifteen(), .together = five};
  }

  static std::size_t number(const std::string& parameter) {
    return static_cast<std::size_t>(SectionRun::current().parameter(parameter));
  }

  static Pace pace() {
    return {.pause_every = number("pause_every"),
            .flush_every = fifteen(),
            .pause = number("pause_seconds") * 1s,
            .hold = number("hold_milliseconds") * 1ms};
  }

  static const std::string& each() { return history().topics.at(0).name; }
  static const std::string& paced() { return history().topics.at(1).name; }
};

TEST_F(Flushing, StoresEveryRecordOfTheFlushEach) { EXPECT_HOLDS(stored_times(history(), each(), 1)); }

TEST_F(Flushing, AcknowledgesEachRecordBeforeTheNextIsSent) {
  EXPECT_HOLDS(one_in_flight(history(), each(), "flush_each"));
}

TEST_F(Flushing, StoresEveryRecordOfTheFlushPaced) { EXPECT_HOLDS(stored_times(history(), paced(), 1)); }

TEST_F(Flushing, PausesAfterEveryFifthRecord) {
  EXPECT_HOLDS(pauses_after_every(history(), paced(), "flush_paced", pace()));
}

TEST_F(Flushing, GoesOnWithoutAFlushBetween) {
  EXPECT_HOLDS(goes_on_unacknowledged(history(), paced(), "flush_paced", pace()));
}

TEST_F(Flushing, FlushesAfterEveryFifteenthRecord) {
  EXPECT_HOLDS(flushes_after_every(history(), paced(), "flush_paced", pace()));
}

TEST_F(Flushing, DeliversRecordsBeforeTheFlush) {
  EXPECT_HOLDS(delivered_soon(history(), paced(), "flush_paced", "consumer", pace(),
                              number("delivered_milliseconds") * 1ms));
}

}  // namespace klab
