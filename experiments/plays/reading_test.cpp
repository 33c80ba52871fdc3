// What is concluded of what is read: in which order, and how often.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/client_names.hpp"
#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

/// A number's partition.
int place_of(int number) { return number % 3; }

/// One partition after the other, as a reader may be given them.
std::vector<int> by_partition() {
  std::vector<int> numbers;
  for (int partition = 0; partition < 3; ++partition)
    for (int number = 1; number <= 300; ++number)
      if (place_of(number) == partition) numbers.push_back(number);
  return numbers;
}

std::vector<int> by_number() {
  std::vector<int> numbers = by_partition();
  std::ranges::sort(numbers);
  return numbers;
}

std::string order(const std::string& claim, const std::vector<int>& numbers, bool finds_disorder = true) {
  ToldHistory story;
  for (const int number : numbers)
    story.tell("reader-forwards", {{"received", std::to_string(number)}, {"partition", place_of(number)}});
  for (const int number : {3, 2, 1})
    story.tell("reader-backwards",
               {{"received", std::to_string(finds_disorder ? number : 4 - number)}, {"partition", 0}});
  return concluded(claim, story.history);
}

TEST(OrderPlay, SeesOrderInPartitionsAndNoneBeyond) {
  EXPECT_EQ(order("order.partition", by_partition()), "yes");
  EXPECT_EQ(order("order.topic", by_partition()), "no");
}

TEST(OrderPlay, SeesThatAPartitionIsOutOfOrder) {
  std::vector<int> numbers = by_partition();
  std::swap(numbers[5], numbers[6]);
  EXPECT_EQ(order("order.partition", numbers), "no");
  EXPECT_EQ(order("order.topic", numbers), "undecided");
}

TEST(OrderPlay, IsUndecidedAboutTheTopicWhereItsOrderWasKeptByChance) {
  EXPECT_EQ(order("order.partition", by_number()), "yes");
  EXPECT_EQ(order("order.topic", by_number()), "undecided");
}

TEST(OrderPlay, IsUndecidedWhenARecordOfAPartitionWasNotRead) {
  std::vector<int> numbers = by_partition();
  numbers.pop_back();
  EXPECT_EQ(order("order.partition", numbers), "undecided");
  numbers.insert(numbers.begin(), numbers.front());
  EXPECT_EQ(order("order.partition", numbers), "undecided") << "another was read twice";
}

TEST(OrderPlay, IsUndecidedWhenDisorderIsNotSeenWhereItIs) {
  EXPECT_EQ(order("order.partition", by_partition(), false), "undecided");
  EXPECT_EQ(order("order.topic", by_partition(), false), "undecided");
}

/// What the consumer that takes over is given after one was killed that had five of ten records.
struct Delivery {
  int processed = 5, again = 5;
  int unread = 6, last = 10;  ///< of those that nobody had
  bool is_committed_again = false;
};

ToldHistory delivered(const Delivery& how) {
  ToldHistory story;
  for (const std::string& client : kClients) {
    const auto give = [&](const std::string& program, const std::string& value) {
      story.tell(program + client, {{"received", value}});
    };
    const auto give_all = [&](const std::string& program, int from, int to) {
      for (int i = from; i <= to; ++i) give(program, fmt::format("record-{}", i));
    };
    give("first-", "committed");
    give_all("killed-", 1, how.processed);
    if (how.is_committed_again) give("next-", "committed");
    give_all("next-", 1, how.again);
    give_all("next-", how.unread, how.last);
  }
  return story;
}

std::string delivery(const Delivery& how) { return concluded("delivery.default", delivered(how).history); }

TEST(DeliveryPlay, SeesWhetherRecordsAreReadAgain) {
  EXPECT_EQ(delivery({}), of_each(5, "at least once"));
  EXPECT_EQ(delivery({.again = 0}), of_each(5, "at most once"));
}

TEST(DeliveryPlay, IsUndecidedWhenOnlySomeAreReadAgain) { EXPECT_EQ(delivery({.again = 2}), "undecided"); }

TEST(DeliveryPlay, IsUndecidedWhenTheKilledOneMayHaveCommitted) {
  for (const auto outcome : {CallOutcome::ok, CallOutcome::unknown}) {
    ToldHistory story = delivered({.again = 0});
    story.history.commits.push_back({.program = "killed-java", .offset = 6, .outcome = outcome});
    EXPECT_EQ(concluded("delivery.default", story.history), "undecided");
  }
}

TEST(DeliveryPlay, IsUndecidedWhenWhatWasCommittedComesBackOrTheRestDoesNotCome) {
  EXPECT_EQ(delivery({.is_committed_again = true}), "undecided");
  EXPECT_EQ(delivery({.again = 0, .unread = 7}), "undecided");
  EXPECT_EQ(delivery({.last = 9}), "undecided");
  EXPECT_EQ(delivery({.processed = 4}), "undecided");
}

}  // namespace
}  // namespace klab
