#include "runners/submission/prepared_submission.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/process/is_alive.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct PreparedSubmissionTest : testing::Test {
  PreparedSubmissionTest() { write("producer.py", "print()"); }

  void write(const std::string& name, const std::string& text) const {
    folder.write("submission/" + name, text);
  }

  PreparedSubmission prepare_with(const std::string& setup, std::chrono::seconds deadline = 60s) {
    submission.setup = setup;
    return prepare(submission, folder / "cache", deadline);
  }

  /// The working folder that comes of a setup.
  fs::path lay_out(const std::string& setup) {
    lay_out_working_folder(prepare_with(setup), submission, folder / "work");
    return folder / "work";
  }

  TestFolder folder;
  Submission submission{.folder = folder / "submission"};
};

TEST_F(PreparedSubmissionTest, IsACopyInWhichSetupHasRun) {
  const PreparedSubmission prepared = prepare_with("cat producer.py > made && pwd > where");
  EXPECT_EQ(prepared.failure, "");
  EXPECT_EQ(text_of(prepared.folder / "made"), "print()");
  EXPECT_EQ(text_of(prepared.folder / "where"), prepared.folder.string() + "\n");
  EXPECT_FALSE(fs::exists(submission.folder / "made")) << "the submission itself stays as it is";
}

TEST_F(PreparedSubmissionTest, IsMadeOnceForTheSameContent) {
  const std::string count = "echo x >> " + (folder / "count").string();
  const PreparedSubmission first = prepare_with(count), second = prepare_with(count);
  EXPECT_FALSE(first.was_cached);
  EXPECT_TRUE(second.was_cached);
  EXPECT_EQ(second.folder, first.folder);
  EXPECT_EQ(second.digest, first.digest);
  EXPECT_EQ(text_of(folder / "count"), "x\n");
}

TEST_F(PreparedSubmissionTest, IsMadeAgainForOtherContent) {
  const PreparedSubmission first = prepare_with("");
  write("producer.py", "print(1)");
  const PreparedSubmission second = prepare_with("");
  EXPECT_FALSE(second.was_cached);
  EXPECT_NE(second.folder, first.folder);
  EXPECT_EQ(text_of(second.folder / "producer.py"), "print(1)");
}

TEST_F(PreparedSubmissionTest, KeepsTheOutputOfASetupThatFails) {
  const PreparedSubmission prepared = prepare_with("echo installing; echo no such package >&2; exit 9");
  EXPECT_EQ(prepared.failure,
            "setup ended with exit code 9: echo installing; echo no such package >&2; exit 9");
  EXPECT_EQ(prepared.setup_output, "installing\nno such package\n");
}

TEST_F(PreparedSubmissionTest, KeepsTheEndOfALongOutput) {
  const PreparedSubmission prepared =
      prepare_with("head -c 100000 /dev/zero | tr '\\0' x; echo the end; exit 1");
  EXPECT_EQ(prepared.setup_output.size(), 4000u);
  EXPECT_TRUE(prepared.setup_output.ends_with("xthe end\n"));
}

TEST_F(PreparedSubmissionTest, IsNotKeptWhenSetupFails) {
  const std::string fail_once = "echo > half-made; test -e " + (folder / "go").string();
  EXPECT_FALSE(prepare_with(fail_once).failure.empty());
  folder.write("go", "");
  const PreparedSubmission second = prepare_with(fail_once), third = prepare_with(fail_once);
  EXPECT_EQ(second.failure, "");
  EXPECT_FALSE(second.was_cached);
  EXPECT_TRUE(third.was_cached);
}

TEST_F(PreparedSubmissionTest, KillsASetupThatNeverEndsWithAllThatItStarted) {
  const std::string orphan = (folder / "orphan").string();
  const PreparedSubmission prepared =
      prepare_with("setsid sh -c 'echo $$ > " + orphan + "; exec sleep 1000' & sleep 1000", 1s);
  EXPECT_EQ(prepared.failure, "setup was still running after 1 s and was killed");
  EXPECT_FALSE(is_alive(pid_in(orphan)));
}

TEST_F(PreparedSubmissionTest, IsTheGradersErrorWhenTheCacheCannotBeWritten) {
  submission.setup = "";
  EXPECT_THROW(prepare(submission, folder.write("file", "")), HarnessError);
}

TEST_F(PreparedSubmissionTest, LaysOutCopiesOfItsOwnFilesAndLinksToWhatSetupMade) {
  write("lib/a.py", "a");
  const fs::path work = lay_out(
      "mkdir -p build/deep && echo made > build/deep/program && echo made > lib/a.pyc && echo top > made");
  EXPECT_FALSE(fs::is_symlink(work / "producer.py"));
  EXPECT_FALSE(fs::is_symlink(work / "lib"));
  EXPECT_FALSE(fs::is_symlink(work / "lib/a.py"));
  EXPECT_TRUE(fs::is_symlink(work / "made"));
  EXPECT_TRUE(fs::is_symlink(work / "build"));
  EXPECT_TRUE(fs::is_symlink(work / "lib/a.pyc")) << "also inside its own folders";
  EXPECT_EQ(text_of(work / "build/deep/program"), "made\n");
  EXPECT_EQ(text_of(work / "lib/a.pyc"), "made\n");
}

TEST_F(PreparedSubmissionTest, LaysOutItsOwnFilesAsSetupLeftThem) {
  write("config.in", "port=?");
  write("temporary", "");
  const fs::path work = lay_out("sed -i s/?/9092/ config.in && rm temporary");
  EXPECT_EQ(text_of(work / "config.in"), "port=9092");
  EXPECT_FALSE(fs::is_symlink(work / "config.in"));
  EXPECT_FALSE(fs::exists(work / "temporary"));
}

TEST_F(PreparedSubmissionTest, LaysOutAFolderWhoseFilesSetupHasMoved) {
  write("settings/example.ini", "x");
  EXPECT_EQ(text_of(lay_out("mv settings/example.ini settings/own.ini") / "settings/own.ini"), "x");
}

TEST_F(PreparedSubmissionTest, LaysOutFoldersThatDoNotReachEachOther) {
  const PreparedSubmission prepared = prepare_with("");
  lay_out_working_folder(prepared, submission, folder / "one");
  lay_out_working_folder(prepared, submission, folder / "two");
  folder.write("one/producer.py", "changed");
  EXPECT_EQ(text_of(folder / "two/producer.py"), "print()");
  EXPECT_EQ(text_of(prepared.folder / "producer.py"), "print()");
  EXPECT_EQ(text_of(submission.folder / "producer.py"), "print()");
}

TEST_F(PreparedSubmissionTest, LaysOutLinksThatLeadElsewhereAsLinks) {
  fs::create_symlink("/etc/hostname", submission.folder / "host");
  EXPECT_EQ(fs::read_symlink(lay_out("") / "host"), "/etc/hostname");
}

TEST_F(PreparedSubmissionTest, LaysOutALinkThatLeadsToItself) {
  fs::create_symlink("self", submission.folder / "self");
  EXPECT_EQ(fs::read_symlink(lay_out("") / "self"), "self");
}

}  // namespace
}  // namespace klab
