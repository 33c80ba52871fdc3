#include "runners/sandbox/task_cap.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "runners/eventually.hpp"
#include "runners/process/run_command.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(TaskCap, LetsForkFailBeyondIt) {
  std::filesystem::path folder;
  {
    const TaskCap cap(10);
    folder = cap.folder();
    if (folder.empty()) GTEST_SKIP() << "no control group may be made here";
    const std::string join = fmt::format("echo 0 > {}/{}; ", folder.string(), TaskCap::kMembers);
    EXPECT_TRUE(run_command({"/bin/bash", "-c", join + "for i in {1..5}; do sleep 0.1 & done; wait"}, 30s)
                    .status.is_success());
    const std::string bomb =
        "perl -e 'for (1..100) { my $p = fork; exit 7 if !defined $p; if ($p == 0) { select undef, undef, "
        "undef, 0.1; exit } }'";
    EXPECT_EQ(run_command({"/bin/bash", "-c", join + bomb}, 30s).status.exit_code, 7);
  }
  EXPECT_FALSE(std::filesystem::exists(folder)) << "it does not outlive its owner";
}

}  // namespace
}  // namespace klab
