#include "runners/machine_slot.hpp"

#include <gtest/gtest.h>

#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(MachineSlot, IsGivenToAsManyAsThereAre) {
  const TestFolder folder;
  const FileDescriptor first = take_slot(folder.path(), "start", 2, 0s);
  FileDescriptor second = take_slot(folder.path(), "start", 2, 0s);
  EXPECT_TRUE(first);
  EXPECT_TRUE(second);
  EXPECT_FALSE(take_slot(folder.path(), "start", 2, 60ms));
  second.reset();
  EXPECT_TRUE(take_slot(folder.path(), "start", 2, 0s));
}

TEST(MachineSlot, IsNotWaitedForByAnotherKind) {
  const TestFolder folder;
  const FileDescriptor start = take_slot(folder.path(), "start", 1, 0s);
  EXPECT_TRUE(take_slot(folder.path(), "setup", 1, 0s));
}

TEST(MachineSlot, IsNotWaitedForWhereThereCanBeNone) {
  const auto before = Clock::now();
  EXPECT_FALSE(take_slot("/nowhere/at/all", "start", 1, 10s));
  EXPECT_LT(Clock::now() - before, 5s);
}

TEST(MachineSlot, IsSharedByTheWholeMachine) { EXPECT_TRUE(take_machine_slot("of-a-test", 0s)); }

}  // namespace
}  // namespace klab
