#include "runners/whole_file.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

TEST(WholeFile, IsReplacedAtOnceAndLeavesNothingElseBehind) {
  const TestFolder folder;
  const fs::path file = folder.path() / "f";
  replace_whole_file(file, "old");
  replace_whole_file(file, "new");
  EXPECT_EQ(read_whole_file(file), "new");
  EXPECT_FALSE(fs::exists(file.string() + ".part"));
}

TEST(WholeFile, NamesFileAndReasonWhenItCannotBeWritten) {
  try {
    replace_whole_file("/proc/klab/f", "text");
    FAIL();
  } catch (const HarnessError& error) {
    EXPECT_STREQ(error.what(), "cannot write /proc/klab/f: No such file or directory");
  }
}

TEST(WholeFile, ReadsAsEmptyWhenItIsNotThere) { EXPECT_EQ(read_whole_file("/nonexistent/f"), ""); }

}  // namespace
}  // namespace klab
