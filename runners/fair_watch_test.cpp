#include "runners/fair_watch.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace klab {
namespace {

using namespace std::chrono_literals;

/// What a watch says has passed when this much has, in which so many threads wanted to run for each core.
double share_that_passes(double threads) {
  const auto begun = Clock::now();
  FairWatch watch([=] { return threads; });
  while (Clock::now() - begun < 20ms) std::this_thread::yield();
  const auto before = Clock::now();
  const auto passed = watch.passed();
  const auto after = Clock::now();
  EXPECT_LE(passed, after - begun);
  return passed / std::chrono::duration<double, Clock::period>(before - begun);
}

TEST(FairWatch, GoesAsTheClockDoesWhereThereIsACoreForEveryone) { EXPECT_GE(share_that_passes(1), 0.99); }

TEST(FairWatch, GoesSlowerByAsMuchAsProgramsTakeTurns) {
  const double share = share_that_passes(4);
  EXPECT_GE(share, 0.24);
  EXPECT_LE(share, 0.5) << "25 percent, and what passed while it was asked";
}

TEST(FairWatch, IsNotStoppedByAProgramThatOverrunsTheMachine) {
  EXPECT_GE(share_that_passes(10'000), 0.99 / FairWatch::kSlowest);
}

TEST(FairWatch, NeverGoesFasterThanTheClock) { EXPECT_LE(share_that_passes(0.1), 2); }

TEST(FairWatch, CountsEachStretchByWhatItFindsAtItsEnd) {
  double threads = 1;
  const auto begun = Clock::now();
  FairWatch watch([&] { return threads; });
  while (Clock::now() - begun < 10ms) std::this_thread::yield();
  const auto first = watch.passed();
  threads = FairWatch::kSlowest;
  const auto crowded = Clock::now();
  while (Clock::now() - crowded < 10ms) std::this_thread::yield();
  EXPECT_GE(watch.passed(), first);
  EXPECT_LT(watch.passed() - first, Clock::now() - crowded);
}

TEST(ThreadsACore, AreAtLeastOne) { EXPECT_GE(threads_a_core(), 1); }

}  // namespace
}  // namespace klab
