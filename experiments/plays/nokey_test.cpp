#include "experiments/plays/nokey.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace klab {
namespace {

std::vector<int> sequence(int count, const std::function<int(int)>& partition) {
  std::vector<int> all;
  for (int i = 0; i < count; ++i) all.push_back(partition(i));
  return all;
}

TEST(SpreadOf, TellsTurnsRunsAndDiceApart) {
  std::mt19937 dice(1);
  EXPECT_EQ(spread_of(sequence(120, [](int i) { return (i + 2) % 4; }), 4), "round robin");
  EXPECT_EQ(spread_of(sequence(120, [](int i) { return i == 0   ? 1
                                                       : i == 1 ? 0
                                                                : i % 4; }), 4),
            "round robin");
  EXPECT_EQ(spread_of(sequence(120, [](int i) { return (i / 8) % 4; }), 4), "sticky");
  EXPECT_EQ(spread_of(sequence(120, [&](int) { return static_cast<int>(dice() % 4); }), 4), "random");
  EXPECT_EQ(spread_of(sequence(1000, [&](int) { return static_cast<int>(dice() % 4); }), 4), "random");
}

// Like kafka-python's, which prefers partitions that have an open batch.
TEST(SpreadOf, IsRandomWhereSomeArePreferred) {
  std::mt19937 dice(1);
  std::discrete_distribution<int> uneven({24, 28, 16, 32});
  EXPECT_EQ(spread_of(sequence(400, [&](int) { return uneven(dice); }), 4), "random");
  std::discrete_distribution<int> never({30, 38, 0, 32});
  EXPECT_EQ(spread_of(sequence(400, [&](int) { return never(dice); }), 4), "") << "one is never drawn";
}

TEST(SpreadOf, SaysNothingOfWhatIsNoneOfThese) {
  EXPECT_EQ(spread_of({}, 4), "");
  EXPECT_EQ(spread_of(sequence(120, [](int) { return 1; }), 4), "") << "no run has an end";
  EXPECT_EQ(spread_of(sequence(120, [](int i) { return (i / 2) % 4; }), 4), "") << "turns of two";
  EXPECT_EQ(spread_of(sequence(120, [](int i) { return i % 3; }), 4), "") << "one partition has no turn";
  std::mt19937 dice(1);
  int last = 0;
  const auto stays_a_while = [&](int) {
    return last = dice() % 2 == 0 ? static_cast<int>(dice() % 4) : last;
  };
  EXPECT_EQ(spread_of(sequence(400, stays_a_while), 4), "") << "runs, but short ones";
}

}  // namespace
}  // namespace klab
