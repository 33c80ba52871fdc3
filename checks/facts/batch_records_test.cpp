#include "checks/facts/batch_records.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

TEST(BatchRecords, AreWhereTheBrokerSaysThatItPutThem) {
  const History history = HistoryOf("t")
                              .stored(0, 4, 9)
                              .stored(0, 5, 0)
                              .stored(0, 6, 1)
                              .stored(1, 5, 2)
                              .sent_in_transaction("producer-1", 0, {0, 1})
                              .answered(5);
  const auto records = BatchRecords(history).of(history.sent[0]);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0], &history.logged[1]);
  EXPECT_EQ(records[1], &history.logged[2]);
}

TEST(BatchRecords, AreNoneWithoutAnAnswer) {
  const History history = HistoryOf("t").stored(0, 0, 0).sent_in_transaction("producer-1", 0, {0});
  EXPECT_TRUE(BatchRecords(history).of(history.sent[0]).empty());
}

// As a broker refuses the first batch of a transaction while the one before is not quite over (KIP-890).
TEST(BatchRecords, AreThoseOfARepetitionThatWasStored) {
  const History history = HistoryOf("t")
                              .stored(0, 5, 0)
                              .sent_in_transaction("producer-1", 0, {0})
                              .answered(-1, "CONCURRENT_TRANSACTIONS")
                              .sent_again()
                              .answered(5);
  EXPECT_EQ(BatchRecords(history).of(history.sent[0]).size(), 1u);
}

TEST(BatchRecords, WereCreatedAtTheirTimestampsWhereTheLogHasThemAll) {
  using namespace std::chrono_literals;
  const HistoryOf stored =
      HistoryOf("t").stored(0, 5, 0).created(2s).sent_in_transaction("producer-1", 0, {0, 1}).answered(5);
  EXPECT_EQ(BatchRecords(stored).created(History(stored).sent[0]), std::nullopt) << "the second is not there";
  const History both = HistoryOf(stored).stored(0, 6, 1).created(3s);
  EXPECT_EQ(BatchRecords(both).created(both.sent[0]), (std::vector<Moment>{2s, 3s}));
}

}  // namespace
}  // namespace klab
