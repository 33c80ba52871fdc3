#include "runners/eventually.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(Eventually, AsksOnceWhenTheConditionHolds) {
  int asked = 0;
  EXPECT_TRUE(eventually([&] { return ++asked > 0; }, 1h, 1h));
  EXPECT_EQ(asked, 1);
}

TEST(Eventually, AsksAgainUntilTheConditionHolds) {
  int asked = 0;
  EXPECT_TRUE(eventually([&] { return ++asked == 5; }, 1h, 1ms));
  EXPECT_EQ(asked, 5);
}

TEST(Eventually, AsksAtLeastOnceWhenThereIsNoTime) {
  EXPECT_TRUE(eventually([] { return true; }, 0s));
  EXPECT_FALSE(eventually([] { return false; }, 0s));
  EXPECT_TRUE(eventually([] { return true; }, -5s));
}

TEST(Eventually, GivesUpWhenTheTimeIsUpAndNotBefore) {
  const auto start = Clock::now();
  EXPECT_FALSE(eventually([] { return false; }, 50ms, 1h)) << "a pause longer than the time is cut short";
  EXPECT_GE(Clock::now() - start, 50ms);
}

TEST(Eventually, AsksOnceMoreAtTheVeryEnd) {
  const auto start = Clock::now();
  EXPECT_TRUE(eventually([&] { return Clock::now() - start >= 30ms; }, 30ms, 1h));
}

TEST(Eventually, LetsTheConditionThrow) {
  EXPECT_THROW(eventually([]() -> bool { throw std::runtime_error("no"); }, 1h), std::runtime_error);
}

}  // namespace
}  // namespace klab
