#include "checks/facts/sendings.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

// Two programs send the same record: the answer says which of the stored ones is whose.
TEST(Sendings, FindsTheStoredRecordByTheAnswer) {
  const History history = HistoryOf("t")
                              .sample(2)
                              .at(2s)
                              .sent("producer-1", 1, {0, 1})
                              .at(3s)
                              .answered(7)
                              .sent("producer-2", 1, {0})
                              .answered(9)
                              .stored(1, 7, 0)
                              .created(1900ms)
                              .stored(1, 8, 1)
                              .created(1950ms)
                              .stored(1, 9, 0)
                              .created(2900ms);
  const auto first = sendings_of(history, "producer-1", "t"),
             second = sendings_of(history, "producer-2", "t");
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[1].position, 1u);
  EXPECT_EQ(first[1].logged, &history.logged[1]);
  EXPECT_EQ(first[1].created, 1950ms);
  EXPECT_EQ(first[1].arrived(), 2s);
  EXPECT_EQ(first[1].acknowledged, 3s);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].logged, &history.logged[2]);
}

TEST(Sendings, CountsARecordThatIsSentAgainOnce) {
  const History history = HistoryOf("t")
                              .sample(1)
                              .at(1s)
                              .sent("producer-1", 0, {0})
                              .at(2s)
                              .answered(-1, "NOT_LEADER_OR_FOLLOWER")
                              .sent("producer-1", 0, {0})
                              .at(3s)
                              .answered(0)
                              .stored(0, 0, 0);
  const auto sendings = sendings_of(history, "producer-1", "t");
  ASSERT_EQ(sendings.size(), 1u);
  EXPECT_EQ(sendings[0].arrived(), 1s);
  EXPECT_EQ(sendings[0].acknowledged, 3s);
}

TEST(Sendings, FindsWhatIsStoredOnceWithoutAnAnswer) {
  const History history =
      HistoryOf("t").sample(2).sent("producer-1", 0, {0, 1}).stored(0, 0, 0).stored(0, 1, 1).stored(0, 2, 1);
  const auto sendings = sendings_of(history, "producer-1", "t");
  EXPECT_EQ(sendings.at(0).logged, &history.logged[0]);
  EXPECT_EQ(sendings.at(1).logged, nullptr) << "either of the two may be its";
  EXPECT_FALSE(sendings.at(1).acknowledged);
}

History one_created(Moment when) {
  return HistoryOf("t")
      .sample(1)
      .exited("producer-1")
      .at(3s)
      .sent("producer-1", 0, {0})
      .answered(0)
      .stored(0, 0, 0)
      .created(when);
}

std::string why_not(const History& history) {
  return why_not_by_timestamp(history, sendings_of(history, "producer-1", "t"), 2s);
}

TEST(Sendings, TrustsATimestampBetweenStartAndArrival) {
  EXPECT_EQ(why_not(one_created(1s)), "");
  EXPECT_EQ(why_not(one_created(3s)), "");
  EXPECT_EQ(why_not(one_created(3200ms)), "") << "two clocks";
  EXPECT_EQ(why_not(one_created(3201ms)),
            "the timestamp of record 1 of the file is later than its arrival at the broker");
  EXPECT_EQ(why_not(one_created(999ms)),
            "the timestamp of record 1 of the file is 2.0 s older than its arrival at the broker");
  EXPECT_EQ(why_not(one_created(-101ms)), "the timestamp of record 1 of the file is older than the program");
}

TEST(Sendings, TrustsNoTimestampThatIsNotThere) {
  History history = one_created(1s);
  history.logged[0].timestamp_ms = -1;
  EXPECT_EQ(why_not(history), "the timestamp of record 1 of the file is not known");
}

TEST(Sendings, TrustsNoTimestampOfKafkaGo) {
  History history = one_created(3s);
  const auto connect = [&](const std::string& program, const std::string& client_id) {
    history.connected.push_back({.program = program, .connection = 1, .client_id = client_id});
  };
  connect("producer-1", "rdkafka");
  connect("consumer-1", "consume@vm (github.com/segmentio/kafka-go)");
  EXPECT_EQ(why_not(history), "");
  connect("producer-1", "produce@vm (github.com/segmentio/kafka-go)");
  EXPECT_EQ(why_not(history), "kafka-go sets the timestamps of a batch when it sends that");
}

TEST(Sendings, OrdersByCreationAndThenAsTheFileDoes) {
  const History history = HistoryOf("t")
                              .sample(3)
                              .sent("producer-1", 0, {2, 0})
                              .answered(0)
                              .sent("producer-1", 1, {1})
                              .answered(0)
                              .stored(0, 0, 2)
                              .created(2s)
                              .stored(0, 1, 0)
                              .created(2s)
                              .stored(1, 0, 1)
                              .created(1s);
  std::vector<std::size_t> order;
  for (const Sending& sending : in_order_of_creation(sendings_of(history, "producer-1", "t")))
    order.push_back(sending.position);
  EXPECT_EQ(order, (std::vector<std::size_t>{1, 0, 2}));
}

}  // namespace
}  // namespace klab
