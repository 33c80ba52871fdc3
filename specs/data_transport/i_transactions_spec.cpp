// Section I, transactions. A producer sends 4 records a transaction, waits 2 seconds, and commits or aborts
// at random; a consumer prints what was committed. A second pair does the same over two topics. Students
// modify the one producer into the other, with the same transactional id: so the two never run at the same
// time.

#include <chrono>

#include "checks/printed/printed_committed.hpp"
#include "checks/printed/reads_topics.hpp"
#include "checks/transactions/asks_for_committed.hpp"
#include "checks/transactions/commits_and_aborts.hpp"
#include "checks/transactions/ends_transactions.hpp"
#include "checks/transactions/records_a_transaction.hpp"
#include "checks/transactions/waits_before_end.hpp"
#include "checks/transactions/whole_across_topics.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

constexpr int kRecords = 4;
constexpr int kRecordsOfEither = 2;
constexpr auto kWait = std::chrono::seconds(2);
// A fair choice is alike eight times in one of 128 runs.
constexpr int kPlays = 2;

struct Transactions : Section<Transactions> {
  static void play(Stage& stage) {
    stage.make_sample(stage.parameter("records"));
    const auto patience = stage.seconds("consumer_seconds");

    const auto one = topics_with_both(stage, "transactional_producer", {"transactions"}, kPlays);
    const Cast consumer = stage.start({.role = "committed_consumer", .topics = one});
    const auto two = topics_with_both(stage, "two_topic_producer", {"left", "right"}, 1);
    const Cast of_both = stage.start({.role = "two_topic_consumer", .topics = two});
    stage.stop_when_read({stage.reading(consumer, one), stage.reading(of_both, two)}, patience);

    const auto all = stage.recorder().history().topics;
    for (const Topic& topic : all) stage.read_back(topic);
  }

  /// Topics in which the producer has left committed and aborted records. One whose transactions come out all
  /// alike gets another try; after that the grader sends, so that consumers can be judged all the same.
  static std::vector<Topic> topics_with_both(Stage& stage, const std::string& role,
                                             const std::vector<std::string>& purposes, int plays) {
    int number = 0;
    while (stage.has(role) && ++number <= plays) {
      const auto topics = create(stage, purposes, number);
      Cast producer = stage.start({.role = role, .topics = topics, .gets_sample = true});
      const std::string name = producer.front()->name();
      stage.wait_for_end(producer, topics, stage.seconds("producer_seconds"));
      if (mixes_outcomes(stage.recorder().history(), name)) return topics;
    }
    const auto topics = create(stage, purposes, kPlays + 1);
    stage.send_in_transactions(topics, kRecords);
    return topics;
  }

  static std::vector<Topic> create(Stage& stage, const std::vector<std::string>& purposes, int number) {
    std::vector<Topic> topics;
    for (const std::string& purpose : purposes)
      topics.push_back(stage.create_topic(purpose + std::to_string(number), stage.parameter("partitions")));
    return topics;
  }

  /// The topics that were created for the purpose, in order; consumers read the last.
  static std::vector<std::string> topics_for(const std::string& purpose) {
    std::vector<std::string> names;
    for (const Topic& topic : history().topics)
      if (topic.name.starts_with(purpose)) names.push_back(topic.name);
    if (names.empty()) throw HarnessError("the section created no topic for " + purpose);
    return names;
  }
};

TEST_F(Transactions, EndsEveryTransaction) {
  EXPECT_HOLDS(ends_transactions(history(), "transactional_producer"));
}

TEST_F(Transactions, SendsFourRecordsInEach) {
  EXPECT_HOLDS(records_a_transaction(history(), "transactional_producer", kRecords));
}

TEST_F(Transactions, WaitsBeforeItEndsThem) {
  const std::chrono::milliseconds allowance(SectionRun::current().parameter("allowance_ms"));
  EXPECT_HOLDS(waits_before_end(history(), "transactional_producer", kWait, allowance));
}

TEST_F(Transactions, CommitsSomeAndAbortsOthers) {
  EXPECT_HOLDS(commits_and_aborts(history(), "transactional_producer", kRecords));
}

TEST_F(Transactions, PrintsCommittedRecordsOnly) {
  EXPECT_HOLDS(printed_committed(history(), topics_for("transactions").back(), "committed_consumer"));
}

TEST_F(Transactions, AsksForCommittedRecordsOnly) {
  EXPECT_HOLDS(asks_for_committed(history(), topics_for("transactions").back(), "committed_consumer"));
}

TEST_F(Transactions, SpreadsATransactionOverTwoTopics) {
  EXPECT_HOLDS(whole_across_topics(history(), "two_topic_producer",
                                   {topics_for("left").front(), topics_for("right").front()},
                                   kRecordsOfEither));
}

TEST_F(Transactions, ReadsBothTopics) {
  EXPECT_HOLDS(
      reads_topics(history(), "two_topic_consumer", {topics_for("left").back(), topics_for("right").back()}));
}

}  // namespace klab
