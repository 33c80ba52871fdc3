// What a run leaves on the disk: its directory, the scratch folder.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "checks/errors.hpp"
#include "cli/check/run_directory.hpp"
#include "cli/scratch_folder.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

TEST(ScratchFolder, GoesWithItsOwner) {
  fs::path path;
  {
    const ScratchFolder folder;
    path = folder.path();
    std::ofstream(path / "f") << "text";
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(ScratchFolder, RemovesWhatAKilledKlabLeftButNothingInUse) {
  const ScratchFolder temporary;
  const fs::path abandoned = temporary.path() / "klab-scratch-abandoned";
  fs::create_directories(abandoned / "A");
  std::ofstream(abandoned / ".klab-scratch").close();
  const fs::path of_a_class = temporary.path() / "klab-cs101";
  fs::create_directories(of_a_class);
  std::ofstream(of_a_class / "lock").close();
  const ScratchFolder in_use(temporary.path());
  EXPECT_FALSE(fs::exists(abandoned));
  const ScratchFolder another(temporary.path());
  EXPECT_TRUE(fs::exists(in_use.path()));
  EXPECT_TRUE(fs::exists(of_a_class)) << "whose lock nobody holds between two gradings";
}

RunResult one_pass() {
  return {.lab = "Lab",
          .sections = {
              {.id = "A", .properties = {{.id = "A.p", .points = 1, .outcome = PropertyOutcome::pass}}}}};
}

TEST(RunDirectory, HoldsAllReportsAndTheFacts) {
  const ScratchFolder folder;
  const RunDirectory directory(folder.path() / "run", "lab");
  directory.write(one_pass(), {.lab_digest = "d1", .is_finished = true});
  const auto json = nlohmann::json::parse(read_whole_file(directory.path() / "run.json"));
  EXPECT_EQ(json["properties"]["A.p"], "pass");
  EXPECT_EQ(json["lab_digest"], "d1");
  EXPECT_EQ(json["finished"], true);
  for (const char* report : {"report.html", "junit.xml", "results.json", "summary.md"})
    EXPECT_TRUE(fs::exists(directory.path() / report)) << report;
}

TEST(RunDirectory, RefusesAFolderThatHoldsSomething) {
  const ScratchFolder folder;
  EXPECT_THROW(RunDirectory(folder.path(), "lab"), BadInput);  // its lock is in it
}

TEST(RunDirectory, IsNotLeftBehindWhereNothingCameOfTheRun) {
  const ScratchFolder folder;
  const fs::path run = folder.path() / "run", mine = folder.path() / "mine";
  fs::create_directory(mine);
  {
    const RunDirectory directory(run, "lab"), in_mine(mine, "lab");
    EXPECT_TRUE(fs::exists(run));
  }
  EXPECT_FALSE(fs::exists(run));
  EXPECT_TRUE(fs::exists(mine)) << "klab did not make it";
}

TEST(RunDirectory, RefusesAPlaceWhereNoFolderCanBe) {
  EXPECT_THROW(RunDirectory("/proc/klab/run", "lab"), BadInput);
}

}  // namespace
}  // namespace klab
