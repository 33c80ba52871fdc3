#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "runners/sandbox/sandbox_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMebibyte = 1 << 20;

struct SandboxLimitsTest : SandboxTest {
  /// The limit for which a script is killed.
  std::optional<LimitHit> limit_hit_by(const std::string& script) {
    const auto command = start(script);
    EXPECT_TRUE(command->child.wait(30s)) << script;
    command->sandbox.kill();
    status = command->child.finish();
    return command->sandbox.limit_hit();
  }

  ExitStatus status;
};

TEST_F(SandboxLimitsTest, EndAProgramThatUsesTooMuchMemory) {
  plan.limits.memory = 100 * kMebibyte;
  const auto hit = limit_hit_by("perl -e '$x = \"x\" x 150_000_000; sleep 1000'");
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->limit, "memory");
  EXPECT_EQ(hit->allowed, 100 * kMebibyte);
  EXPECT_GT(hit->used, 100 * kMebibyte);
  EXPECT_EQ(status.signal, SIGKILL);
}

TEST_F(SandboxLimitsTest, CountTheMemoryOfAllProcesses) {
  plan.limits.memory = 100 * kMebibyte;
  const auto hit =
      limit_hit_by("for i in 1 2 3; do perl -e '$x = \"x\" x 50_000_000; sleep 1000' & done; wait");
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->limit, "memory");
}

TEST_F(SandboxLimitsTest, CountSharedMemoryOnce) {
  plan.limits.memory = 100 * kMebibyte;
  EXPECT_FALSE(limit_hit_by("perl -e '$x = \"x\" x 40_000_000; fork; fork; sleep 1; 1 while wait > 0'"));
  EXPECT_TRUE(status.is_success());
}

TEST_F(SandboxLimitsTest, SayNothingOfMemoryThatIsOnlyReserved) {
  plan.limits.memory = 100 * kMebibyte;
  EXPECT_EQ(output_of("ulimit -v"), "unlimited\n") << "Java, Go and node reserve far more than they use";
}

TEST_F(SandboxLimitsTest, EndAProgramWithTooManyProcesses) {
  plan.limits.processes = 20;
  const auto hit = limit_hit_by("for i in {1..40}; do sleep 1000 & done; wait");
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->limit, "processes");
  EXPECT_EQ(hit->allowed, 20u);
  EXPECT_GT(hit->used, 20u);
  EXPECT_EQ(status.signal, SIGKILL);
}

TEST_F(SandboxLimitsTest, EndAForkBomb) {
  plan.limits.processes = 50;
  const auto hit = limit_hit_by("perl -e 'for (1..9) { fork } sleep 1000'");  // 512, and no more
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->limit, "processes");
}

TEST_F(SandboxLimitsTest, CapWhatABombMakesBeforeItIsCounted) {
  if (TaskCap(1).folder().empty()) GTEST_SKIP() << "no control group may be made here";
  plan.limits.processes = 50;
  EXPECT_NE(output_of("cat /proc/self/cgroup").find("/klab-"), std::string::npos) << output();
}

TEST_F(SandboxLimitsTest, EndAForkBombThatNeverStops) {
  if (TaskCap(1).folder().empty()) GTEST_SKIP() << "no control group may be made here";
  plan.limits.processes = 500;
  const auto hit = limit_hit_by("perl -e 'while (1) { fork }'");
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->limit, "processes");
}

// The memory of all seems to be too much, and asking for what they share of it waits for those that fork.
TEST_F(SandboxLimitsTest, EndAForkBombThatSharesMuch) {
  if (TaskCap(1).folder().empty()) GTEST_SKIP() << "no control group may be made here";
  plan.limits = {.memory = 256 * kMebibyte, .processes = 500};
  EXPECT_TRUE(limit_hit_by("perl -e '$x = \"x\" x 4_000_000; while (1) { fork }'"));
}

TEST_F(SandboxLimitsTest, LeaveAProgramItsPriority) {
  EXPECT_EQ(output_of("nice"), std::to_string(getpriority(PRIO_PROCESS, 0)) + "\n");
}

TEST_F(SandboxLimitsTest, AreWatchedOverFirstWhereRootMay) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  EXPECT_EQ(output_of("cut -d' ' -f19 /proc/1/stat"), "-20\n");
}

TEST_F(SandboxLimitsTest, EndWhatAProgramLeavesBehind) {
  plan.limits.processes = 20;
  const auto command = start("(sleep 1; for i in {1..40}; do sleep 1000 & done; wait) & exit 0");
  ASSERT_TRUE(command->child.wait(30s));
  EXPECT_TRUE(eventually([&] { return command->sandbox.limit_hit().has_value(); }, 30s));
}

TEST_F(SandboxLimitsTest, AllowWhatStaysBelow) {
  plan.limits = {.memory = 1024 * kMebibyte, .processes = 100, .file_size = 1024 * kMebibyte};
  EXPECT_FALSE(limit_hit_by("for i in {1..30}; do sleep 1 & done; wait"));
  EXPECT_TRUE(status.is_success());
}

TEST(LimitHit, IsDescribedInPlainWords) {
  EXPECT_EQ(describe(LimitHit{"memory", 150 * kMebibyte, 100 * kMebibyte}),
            "used 150 MiB of memory; 100 MiB are allowed");
  EXPECT_EQ(describe(LimitHit{"processes", 41, 20}), "ran 41 processes at once; 20 are allowed");
}

}  // namespace
}  // namespace klab
