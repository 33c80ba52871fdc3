// klab claims run and verify with real brokers, as a user runs them.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "runners/process/run_command.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// What is measured goes into a cache of its own; jars and brokers come from klab's.
class ClaimsRun : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(cache());
    for (const char* part : {"kafka", "brokers", "submissions"})
      fs::create_directory_symlink(find_installation().cache / part, cache() / part);
  }

  CommandResult claims(const std::string& arguments) {
    return run_command(
        {"/bin/sh", "-c", "cd \"$0\" && KLAB_CACHE=$0/cache exec \"$1\" claims " + arguments + " 2>&1",
         folder_.path().string(), KLAB_EXECUTABLE},
        180s);
  }

  fs::path cache() const { return folder_.path() / "cache"; }
  fs::path measured() const { return cache() / "claims" / kKafkaVersion; }

  ScratchFolder folder_;
};

TEST_F(ClaimsRun, SettlesAClaimOnceAndKeepsTheEvidence) {
  const CommandResult first = claims("run order.topic");
  EXPECT_EQ(first.status.exit_code, 0) << first.output;
  const auto kept = nlohmann::json::parse(read_whole_file(measured() / "measured.json"));
  const auto& value = kept["claims"]["order.topic"]["values"][0];
  EXPECT_EQ(value["value"], "no");
  EXPECT_TRUE(fs::exists(measured() / value["evidence"].get<std::string>()));
  const CommandResult second = claims("run order.topic");
  EXPECT_EQ(second.status.exit_code, 0) << second.output;
  EXPECT_EQ(second.output.find("experiments with"), std::string::npos) << second.output;
}

TEST_F(ClaimsRun, MeasuresWhatAReportSays) {
  std::ofstream(folder_.path() / "r.md") << "Kafka keeps the order across all partitions.\n";
  const CommandResult result = claims("verify r.md --out out");
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  const std::string page = read_whole_file(folder_.path() / "out" / "verified.html");
  EXPECT_NE(page.find("REFUTED"), std::string::npos);
  EXPECT_NE(page.find("id=\"experiment-order\""), std::string::npos);
  EXPECT_NE(page.find("<svg"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder_.path() / "out" / "evidence" / "order.jsonl"));
}

}  // namespace
}  // namespace klab
