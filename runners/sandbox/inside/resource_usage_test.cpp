#include "runners/sandbox/inside/resource_usage.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

constexpr std::uint64_t kMebibyte = 1 << 20;

/// A /proc written by hand.
struct ResourceUsage : testing::Test {
  ResourceUsage() { add_process(1, 500, 500); }

  void add_process(int id, std::uint64_t resident, std::uint64_t share) const {
    const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    proc.write(fmt::format("{}/statm", id), fmt::format("99999 {} 5 1 0 7 0", resident * kMebibyte / page));
    proc.write(fmt::format("{}/smaps_rollup", id),
               fmt::format("00400000-7ffe00000000 ---p 00000000 00:00 0    [rollup]\n"
                           "Rss:  {} kB\nPss:   {} kB\nPss_Dirty:  7 kB\n",
                           resident * 1024, share * 1024));
  }

  std::optional<LimitHit> exceeded(const SandboxLimits& limits) const {
    const auto processes = too_many_processes(limits, proc.path());
    return processes ? processes : too_much_memory(limits, proc.path());
  }

  TestFolder proc;
};

TEST_F(ResourceUsage, IsWithoutLimitWhenNoneIsGiven) {
  add_process(2, 1000, 1000);
  EXPECT_FALSE(exceeded({}));
}

TEST_F(ResourceUsage, CountsProcessesExceptTheFirst) {
  for (const int id : {2, 3, 4}) add_process(id, 1, 1);
  proc.write("cpuinfo", "");
  proc.write("sys/kernel", "");
  EXPECT_FALSE(exceeded({.processes = 3}));
  const auto hit = exceeded({.processes = 2});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->limit, "processes");
  EXPECT_EQ(hit->used, 3u);
  EXPECT_EQ(hit->allowed, 2u);
}

TEST_F(ResourceUsage, AddsTheirMemoryUp) {
  for (const int id : {2, 3, 4}) add_process(id, 10, 10);
  EXPECT_FALSE(exceeded({.memory = 30 * kMebibyte}));
  const auto hit = exceeded({.memory = 29 * kMebibyte});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->limit, "memory");
  EXPECT_EQ(hit->used, 30 * kMebibyte);
}

TEST_F(ResourceUsage, CountsSharedMemoryOnce) {
  for (const int id : {2, 3, 4}) add_process(id, 10, 4);
  EXPECT_FALSE(exceeded({.memory = 12 * kMebibyte}));
  const auto hit = exceeded({.memory = 11 * kMebibyte});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->used, 12 * kMebibyte);
}

TEST_F(ResourceUsage, TakesAllOfAProcessThatDoesNotTellItsShare) {
  add_process(2, 10, 4);
  std::filesystem::remove(proc / "2/smaps_rollup");
  EXPECT_TRUE(exceeded({.memory = 9 * kMebibyte}));
}

TEST_F(ResourceUsage, PassesOverAProcessThatIsGoneByNow) {
  std::filesystem::create_directory(proc / "2");
  EXPECT_FALSE(exceeded({.memory = 1}));
}

}  // namespace
}  // namespace klab
