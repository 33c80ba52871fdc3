#include "runners/submission/submission_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "checks/errors.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

struct SubmissionFilesTest : testing::Test {
  SubmissionFilesTest() { folder.write("repository/ann/producer.py", "print()"); }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const SubmissionFile& file : files())
      names.push_back(file.name.string() + (file.is_link ? " ->" : ""));
    return names;
  }
  std::vector<SubmissionFile> files(Links links = Links::into_work_tree) const {
    return list_submission_files({.folder = submission, .links = links});
  }
  std::string digest(const std::string& setup = "") const { return digest_of(files(), setup); }
  void make_work_tree() const { fs::create_directory(folder / "repository" / ".git"); }

  using Names = std::vector<std::string>;

  TestFolder folder;
  fs::path submission = folder / "repository/ann";
};

TEST_F(SubmissionFilesTest, AreListedByName) {
  for (const char* name : {"z", "a/b/c", ".hidden", "a.txt"})
    folder.write(std::string("repository/ann/") + name, "");
  EXPECT_EQ(names(), (Names{".hidden", "a/b/c", "a.txt", "producer.py", "z"}));
}

TEST_F(SubmissionFilesTest, LeaveOutGitAndRunsOfKlab) {
  for (const char* name : {".git/config", "klab-runs/x/run.json", "sub/.git/config"})
    folder.write(std::string("repository/ann/") + name, "");
  EXPECT_EQ(names(), Names{"producer.py"});
}

TEST_F(SubmissionFilesTest, LeaveOutWhatIsNoFile) {
  ASSERT_EQ(mkfifo((submission / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(names(), Names{"producer.py"});
}

TEST_F(SubmissionFilesTest, FollowLinksInsideTheFolder) {
  fs::create_symlink("producer.py", submission / "other.py");
  ASSERT_EQ(names(), (Names{"other.py", "producer.py"}));
  EXPECT_EQ(files()[0].source, submission / "producer.py");
}

TEST_F(SubmissionFilesTest, FollowLinksInsideTheWorkTree) {
  make_work_tree();
  folder.write("repository/shared/deep/lib.py", "");
  fs::create_symlink("../shared/deep/lib.py", submission / "lib.py");
  fs::create_directory_symlink(folder / "repository/shared", submission / "shared");
  EXPECT_EQ(names(), (Names{"lib.py", "producer.py", "shared/deep/lib.py"}));
}

TEST_F(SubmissionFilesTest, KeepLinksThatLeadElsewhere) {
  folder.write("repository/shared/lib.py", "");
  fs::create_symlink("../shared/lib.py", submission / "lib.py");
  fs::create_symlink("/etc/hostname", submission / "host");
  fs::create_symlink("nowhere", submission / "broken");
  ASSERT_EQ(names(), (Names{"broken ->", "host ->", "lib.py ->", "producer.py"}))
      << "without a work tree the folder is all";
  EXPECT_EQ(files()[1].source, "/etc/hostname");
  make_work_tree();
  EXPECT_EQ(names(), (Names{"broken ->", "host ->", "lib.py", "producer.py"}));
}

// Else one could hand in what lies beside it, in a class whose submissions are in one repository.
TEST_F(SubmissionFilesTest, KeepLinksIntoTheWorkTreeWhereOthersMayHaveThatToo) {
  folder.write("repository/ben/producer.py", "");
  fs::create_symlink("../ben/producer.py", submission / "stolen.py");
  fs::create_symlink("producer.py", submission / "same.py");
  make_work_tree();
  for (const SubmissionFile& file : files(Links::into_own_folder))
    EXPECT_EQ(file.is_link, file.name == "stolen.py") << file.name;
  EXPECT_FALSE(files()[2].is_link);
  EXPECT_TRUE(leads_out(submission / "stolen.py", submission, Links::into_own_folder));
  EXPECT_FALSE(leads_out(submission / "same.py", submission, Links::into_own_folder));
}

TEST_F(SubmissionFilesTest, KeepALinkToANeighbourWhoseNameBeginsTheSame) {
  folder.write("repository/ann2/secret.py", "");
  fs::create_symlink("../ann2/secret.py", submission / "secret.py");
  EXPECT_EQ(names(), (Names{"producer.py", "secret.py ->"}));
}

TEST_F(SubmissionFilesTest, AreBadInputWhereLinksLeadInACircle) {
  fs::create_directory_symlink(".", submission / "again");
  fs::create_directory_symlink(".", submission / "and again");
  EXPECT_THROW(files(), BadInput);
}

TEST_F(SubmissionFilesTest, AreCopiedWithTheirModes) {
  folder.write("repository/ann/bin/run.sh", "#!/bin/sh\n");
  fs::permissions(submission / "bin/run.sh", fs::perms::owner_all);
  fs::create_symlink("/etc/hostname", submission / "host");
  fs::create_symlink("producer.py", submission / "same");
  copy_submission_files(files(), folder / "copy");
  EXPECT_EQ(text_of(folder / "copy/producer.py"), "print()");
  EXPECT_EQ(fs::status(folder / "copy/bin/run.sh").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::read_symlink(folder / "copy/host"), "/etc/hostname");
  EXPECT_FALSE(fs::is_symlink(folder / "copy/same"));
}

// What setup has built stays younger than what it was built from.
TEST_F(SubmissionFilesTest, AreCopiedWithTheirTimes) {
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(100);
  fs::last_write_time(submission / "producer.py", long_ago);
  copy_submission_files(files(), folder / "copy");
  EXPECT_EQ(fs::last_write_time(folder / "copy/producer.py"), long_ago);
}

TEST_F(SubmissionFilesTest, AreTheGradersErrorWhenTheyCannotBeCopied) {
  folder.write("copy", "a file where a folder has to be");
  EXPECT_THROW(copy_submission_files(files(), folder / "copy"), HarnessError);
}

TEST_F(SubmissionFilesTest, HaveADigestThatIsTheirsAlone) {
  const std::string before = digest();
  EXPECT_EQ(digest(), before);
  EXPECT_NE(digest("make"), before);

  folder.write("repository/ann/producer.py", "print(1)");
  const std::string other_content = digest();
  EXPECT_NE(other_content, before);

  fs::permissions(submission / "producer.py", fs::perms::owner_exec, fs::perm_options::add);
  const std::string other_mode = digest();
  EXPECT_NE(other_mode, other_content);

  fs::rename(submission / "producer.py", submission / "p.py");
  EXPECT_NE(digest(), other_mode);
}

TEST_F(SubmissionFilesTest, HaveADigestThatDependsOnWhereALinkLeads) {
  fs::create_symlink("/etc/hostname", submission / "host");
  const std::string before = digest();
  fs::remove(submission / "host");
  fs::create_symlink("/etc/hosts", submission / "host");
  EXPECT_NE(digest(), before);
}

TEST_F(SubmissionFilesTest, HaveTheSameDigestWhereverTheyAre) {
  copy_submission_files(files(), folder / "copy");
  EXPECT_EQ(digest_of(list_submission_files({.folder = folder / "copy"}), ""), digest());
}

}  // namespace
}  // namespace klab
