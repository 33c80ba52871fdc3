#include <gtest/gtest.h>

#include "runners/sandbox/sandbox_for_tests.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

struct SandboxFiles : SandboxTest {
  SandboxFiles() {
    if (seen.path().string().starts_with("/tmp/")) plan.readable = {seen.path()};  // klab was built there
  }

  std::string output_in(const fs::path& at, const std::string& script) {
    return output_of("cd '" + at.string() + "' 2>/dev/null || echo no folder; " + script);
  }

  TestFolder seen{fs::path(KLAB_SANDBOX).parent_path()};  // not in /tmp: the sandbox shows what there is
};

const std::string kTryToWrite = "echo changed 2>/dev/null > file && echo wrote; cat file";

TEST_F(SandboxFiles, OfTheHostCanBeReadAndNotWritten) {
  seen.write("file", "original\n");
  EXPECT_EQ(output_in(seen.path(), kTryToWrite), "original\n");
  EXPECT_EQ(output_in(seen.path(), "rm -f file 2>/dev/null || echo kept; mkdir new 2>/dev/null || echo none"),
            "kept\nnone\n");
  EXPECT_EQ(output_of("getent hosts localhost >/dev/null && getent passwd root | wc -l"), "1\n");
}

TEST_F(SandboxFiles, CanBeWrittenInAWritableFolder) {
  seen.write("work/file", "original\n");
  plan.writable = {seen / "work"};
  EXPECT_EQ(output_in(seen / "work", kTryToWrite), "wrote\nchanged\n");
  EXPECT_EQ(text_of(seen / "work/file"), "changed\n");
}

TEST_F(SandboxFiles, CanBeWrittenInAFolderBeneathTmpOfWhichNothingElseIsSeen) {
  folder.write("work/file", "original\n");
  folder.write("secret", "");
  plan.writable = {folder / "work"};
  EXPECT_EQ(output_in(folder / "work", kTryToWrite + "; ls .."), "wrote\nchanged\nwork\n");
  EXPECT_EQ(text_of(folder / "work/file"), "changed\n");
}

TEST_F(SandboxFiles, CanBeReadBeneathTmpWherePlanned) {
  folder.write("prepared/file", "original\n");
  plan.readable = {folder / "prepared"};
  EXPECT_EQ(output_in(folder / "prepared", kTryToWrite), "original\n");
}

TEST_F(SandboxFiles, AreFoundUnderTheNameGivenThoughItsLinksAreNotSeen) {
  folder.write("real/bin/file", "original\n");
  fs::create_directory_symlink(folder / "real", folder / "link");
  plan.readable = {folder / "link/bin"};
  EXPECT_EQ(output_in(folder / "link/bin", "cat file"), "original\n");
  EXPECT_EQ(output_in(folder / "real/bin", "cat file"), "original\n");
}

TEST_F(SandboxFiles, AreNotThereInAHiddenFolderAndCannotBeMade) {
  seen.write("hidden/verdicts", "secret");
  plan.hidden = {seen / "hidden"};
  EXPECT_EQ(output_in(seen / "hidden", "ls -A; touch new 2>/dev/null || echo none"), "none\n");
  EXPECT_EQ(text_of(seen / "hidden/verdicts"), "secret");
}

TEST_F(SandboxFiles, AreEmptyWhenHidden) {
  plan.hidden = {seen.write("credentials", "secret"), seen / "there is none"};
  EXPECT_EQ(output_in(seen.path(), "ls; wc -c <credentials; echo x 2>/dev/null >credentials || echo kept"),
            "credentials\n0\nkept\n");
  EXPECT_EQ(text_of(seen / "credentials"), "secret");
}

TEST_F(SandboxFiles, CanBeWrittenInAWritableFolderBeneathAHiddenOne) {
  seen.write("run/secret", "secret");
  seen.write("run/programs/work/file", "original\n");
  plan.hidden = {seen / "run"};
  plan.writable = {seen / "run/programs/work"};
  EXPECT_EQ(output_in(seen / "run/programs/work", kTryToWrite + "; ls ../.."), "wrote\nchanged\nprograms\n");
  EXPECT_EQ(text_of(seen / "run/programs/work/file"), "changed\n");
}

TEST_F(SandboxFiles, AreHiddenBeneathAWritableFolder) {
  seen.write("work/.git/config", "secret");
  plan.writable = {seen / "work"};
  plan.hidden = {seen / "work/.git"};
  EXPECT_EQ(output_in(seen / "work", "touch new; ls -A .git"), "");
  EXPECT_TRUE(fs::exists(seen / "work/new"));
}

TEST_F(SandboxFiles, OfAnOverlayAreReadAndWrittenAndDoNotLast) {
  seen.write("home/.m2/file", "original\n");
  fs::permissions(seen / "home", fs::perms::owner_all);
  plan.overlays = {seen / "home"};
  const std::string script =
      "cat file; echo changed > file; mkdir -p ../.cache/go; touch ../.cache/go/a; "
      "cat file; stat -c %a ..; rm file; ls";
  for (int time = 1; time <= 2; ++time)
    EXPECT_EQ(output_in(seen / "home/.m2", script), "original\nchanged\n700\n") << "time " << time;
  EXPECT_EQ(text_of(seen / "home/.m2/file"), "original\n");
  EXPECT_FALSE(fs::exists(seen / "home/.cache"));
}

TEST_F(SandboxFiles, OfAnOverlayBeneathTmpAreSeen) {
  folder.write("home/a, b: c/file", "original\n");
  plan.overlays = {folder / "home/a, b: c"};
  EXPECT_EQ(output_in(folder / "home/a, b: c", kTryToWrite), "wrote\nchanged\n");
  EXPECT_EQ(text_of(folder / "home/a, b: c/file"), "original\n");
}

TEST_F(SandboxFiles, OfTemporaryFoldersAreTheSandboxsOwn) {
  const std::string own = folder.path().filename().string() + "-own", of_the_host = own + "-host";
  const std::vector<fs::path> folders{"/tmp", "/var/tmp", "/run", "/dev/shm"};
  for (const fs::path& at : folders) std::ofstream(at / of_the_host) << "host";
  EXPECT_EQ(output_of("for at in /tmp /var/tmp /run /dev/shm; do cat $at/" + of_the_host +
                      " 2>/dev/null; echo x > $at/" + own + " && cat $at/" + own + "; done"),
            "x\nx\nx\nx\n");
  for (const fs::path& at : folders) {
    EXPECT_FALSE(fs::exists(at / own)) << at;
    fs::remove(at / of_the_host);
  }
}

TEST_F(SandboxFiles, ThatDoNotLastHaveALimitTogether) {
  plan.limits.scratch = 1 << 20;
  EXPECT_EQ(
      output_of("head -c 700K /dev/zero > /tmp/a; head -c 700K /dev/zero 2>/dev/null > /run/b || echo full"),
      "full\n");
}

TEST_F(SandboxFiles, AreNoLargerThanTheirLimit) {
  plan.limits.file_size = 10 << 20;
  EXPECT_EQ(status_of("exec head -c 11M /dev/zero > /tmp/a").signal, SIGXFSZ);
  EXPECT_TRUE(status_of("exec head -c 9M /dev/zero > /tmp/a").is_success());
}

TEST_F(SandboxFiles, AreFoundFromTheWorkingFolder) {
  folder.write("work/file", "original\n");
  plan.writable = {folder / "work"};
  working_folder = folder / "work";
  EXPECT_EQ(output_of("pwd -P; " + kTryToWrite), (folder / "work").string() + "\nwrote\nchanged\n");
}

TEST_F(SandboxFiles, ThatAreDevicesWork) {
  EXPECT_EQ(output_of("echo gone > /dev/null; head -c 2 /dev/zero | wc -c; head -c 2 /dev/urandom | wc -c; "
                      "head -c 2 /dev/random | wc -c; echo x 2>/dev/null > /dev/full || echo full"),
            "2\n2\n2\nfull\n");
  EXPECT_EQ(
      output_of("(echo out > /dev/stdout) | cat; cat < /dev/stdin; echo x | cat /dev/fd/0; : < /dev/tty"),
      "out\nx\n/bin/bash: line 1: /dev/tty: No such device or address\n")
      << "there is no terminal, which is not the same as no /dev/tty";
  EXPECT_EQ(
      output_of(
          "ls /dev | grep -v -e null -e zero -e full -e random -e tty -e std -e fd -e pts -e ptmx -e shm"),
      "");
}

TEST_F(SandboxFiles, ThatArePseudoTerminalsWork) {
  EXPECT_EQ(output_of("script --quiet --command 'tty; echo x > /dev/tty' /dev/null | tr -d '\\r'"),
            "/dev/pts/0\nx\n");
}

TEST_F(SandboxFiles, ThatSetUpTheMachineCannotBeWritten) {
  EXPECT_EQ(output_of("find /proc -maxdepth 1 -name '[0-9]*' -prune -o -type f -writable -print; "
                      "find /proc/sys /proc/irq /proc/bus /sys -type f -writable -print 2>/dev/null; "
                      "echo 1 2>/dev/null > /proc/sys/vm/overcommit_memory || echo kept"),
            "kept\n");
  EXPECT_EQ(output_of("echo name > /proc/$$/comm; read name < /proc/$$/comm; echo $name"), "name\n")
      << "a process may still write about itself";
}

TEST_F(SandboxFiles, StayHiddenFromOneWhoUnmounts) {
  seen.write("hidden/verdicts", "secret");
  plan.hidden = {seen / "hidden"};
  const std::string unmount = "umount -l '" + (seen / "hidden").string() + "' 2>/dev/null || echo refused; ";
  EXPECT_EQ(output_in(seen / "hidden", unmount + "unshare --user --mount " + unmount + "ls -A"),
            "refused\nrefused\n");
  EXPECT_EQ(output_of("unshare --user true 2>/dev/null || echo refused"), "refused\n");
}

}  // namespace
}  // namespace klab
