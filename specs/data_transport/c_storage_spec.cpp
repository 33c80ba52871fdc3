// Section C, storage. Consuming leaves everything where it is: the log is the same afterwards, and only the
// position that a group has committed keeps a second run from being given all of it again. topic_clean reads
// a topic to its end and throws away what it reads. It has a topic of its own, which no group has read.

#include "checks/groups/resumes_where_it_stopped.hpp"
#include "checks/printed/reads_and_discards.hpp"
#include "checks/printed/word_count_answer.hpp"
#include "checks/stored/nothing_removed.hpp"
#include "fixtures/conditions.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

using namespace std::chrono_literals;

// A program that seeks back does so soon after it owns something.
constexpr auto kToBeGivenSomething = 2s;

struct Storage : Section<Storage> {
  static void play(Stage& stage) {
    stage.inspect_submitted_file("bcsample.json");
    stage.inspect_answers();
    stage.make_sample(stage.parameter("records"));

    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));
    stage.produce("producer", topic, stage.seconds("producer_seconds"));
    stage.look_at(topic);
    const std::string group = stage.fresh_group();
    consume_and_commit(stage, topic, group);
    stage.look_at(topic);
    consume_again(stage, topic, group);
    stage.look_at(topic);

    const Topic to_clean = stage.create_topic("discard", stage.parameter("partitions"));
    // Who counts to the size of the sample does not read all, nor who reads some of the partitions.
    for (int sending = 0; sending < 2; ++sending) stage.send_sample_spread(to_clean);
    stage.look_at(to_clean);
    Cast cleaner = stage.start({.role = "topic_clean", .topics = {to_clean}});
    stage.wait_for_end(cleaner, {to_clean}, stage.seconds("clean_seconds"));
    stage.look_at(to_clean);

    stage.read_back(topic);
  }

  /// Programs that commit now and then, and not when they are stopped, are given the time to.
  static void consume_and_commit(Stage& stage, const Topic& topic, const std::string& group) {
    const Cast consumer = stage.start({.role = "consumer", .topics = {topic}, .group = group});
    Reading reading = stage.reading(consumer, {topic});
    reading.time_to_commit = stage.seconds("commit_seconds");
    stage.stop_when_read({reading}, stage.seconds("consumer_seconds"));
  }

  /// A member that vanished keeps the next one waiting for its session timeout, and that may give up before.
  static void consume_again(Stage& stage, const Topic& topic, const std::string& group) {
    const Contents contents = stage.contents_of({topic});
    if (contents.records == 0 || !stage.has("consumer")) return;
    if (!has_been_left(stage.recorder().history(), group))
      stage.wait_until_empty(group, stage.seconds("second_run_seconds"));
    Cast consumer = stage.start({.role = "consumer", .topics = {topic}, .group = group});
    const Condition is_given =
        either(is_given_something(consumer), [&](const History&) { return !consumer.front()->is_running(); });
    stage.wait_until(stage.seconds("second_run_seconds"),
                     either(is_given, read_all_that_hold(contents, consumer)));
    stage.wait_until(kToBeGivenSomething, is_given);
    stage.stop(consumer);
  }
};

TEST_F(Storage, CountsItsSample) { EXPECT_HOLDS(word_count_answer(history(), "C.wc", "bcsample.json")); }

TEST_F(Storage, KeepsWhatIsConsumed) { EXPECT_HOLDS(nothing_removed(history(), topic(), "consumer")); }

TEST_F(Storage, GivesASecondRunNothingAgain) {
  EXPECT_HOLDS(resumes_where_it_stopped(history(), topic(), "consumer"));
}

TEST_F(Storage, CleansTheTopicByReading) {
  EXPECT_HOLDS(reads_and_discards(history(), history().topics.at(1).name, "topic_clean"));
}

}  // namespace klab
