#include "runners/file_lock.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(LockFile, IsHeldByOneAtATime) {
  const std::filesystem::path file = testing::TempDir() + "/klab-lock-of-test";
  {
    const FileDescriptor held = lock_file(file, 0s);
    try {
      lock_file(file, 60ms);
      FAIL();
    } catch (const HarnessError& error) {
      EXPECT_EQ(error.what(), "another klab held " + file.string() + " for 0s");
    }
  }
  EXPECT_TRUE(lock_file(file, 0s));
  std::filesystem::remove(file);
}

TEST(LockFile, IsTheGradersErrorWhereNothingCanBeWritten) {
  EXPECT_THROW(lock_file("/nowhere/at/all", 0s), HarnessError);
}

}  // namespace
}  // namespace klab
