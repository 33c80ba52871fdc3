#include "runners/fair_watch.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <thread>

namespace klab {
namespace {

using namespace std::chrono_literals;

/// What a watch says has passed, and what the clock says, at the least and at the most.
struct Passed {
  Clock::duration fair = {}, at_least = {}, at_most = {};
};

/// While so many threads wanted to run for each core.
Passed pass(double threads) {
  const auto begun = Clock::now();
  FairWatch watch([=] { return threads; });
  const auto made = Clock::now();
  while (Clock::now() - made < 20ms) std::this_thread::yield();
  const auto before = Clock::now();
  const auto fair = watch.passed();
  return {.fair = fair, .at_least = before - made, .at_most = Clock::now() - begun};
}

TEST(FairWatch, GoesAsTheClockDoesWhereThereIsACoreForEveryone) {
  for (const double threads : {1.0, 0.1}) {
    const Passed passed = pass(threads);
    EXPECT_GE(passed.fair, passed.at_least);
    EXPECT_LE(passed.fair, passed.at_most);
  }
}

TEST(FairWatch, GoesSlowerByAsMuchAsProgramsTakeTurns) {
  const Passed passed = pass(4);
  EXPECT_GE(passed.fair, passed.at_least / 4 - 1us);
  EXPECT_LE(passed.fair, passed.at_most / 4 + 1us);
}

TEST(FairWatch, IsNotStoppedByAProgramThatOverrunsTheMachine) {
  const Passed passed = pass(10'000);
  EXPECT_GE(passed.fair, passed.at_least / static_cast<int>(FairWatch::kSlowest) - 1us);
}

TEST(FairWatch, CountsEachStretchByWhatItFindsAtItsEnd) {
  double threads = 1;
  FairWatch watch([&] { return threads; });
  const auto until = Clock::now() + 10ms;
  while (Clock::now() < until) std::this_thread::yield();
  const auto before = Clock::now();
  const auto first = watch.passed();
  EXPECT_GE(first, 10ms);
  threads = 4;
  while (Clock::now() - before < 20ms) std::this_thread::yield();
  const auto second = watch.passed() - first;
  EXPECT_LE(second, (Clock::now() - before) / 4 + 1us);
}

TEST(RunningThreads, AreWhatTheKernelCounts) {
  std::istringstream of_linux("0.10 0.20 0.30 43/1180 70001\n"), of_none;
  EXPECT_EQ(running_threads(of_linux), 43);
  EXPECT_EQ(running_threads(of_none), 0);
  EXPECT_GE(threads_a_core(), 1);
}

}  // namespace
}  // namespace klab
