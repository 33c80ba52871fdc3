#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/sandbox/sandbox_for_tests.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct SandboxRefusal : SandboxTest {
  /// What is said when a command line does not become a sandbox.
  std::string refusal_of(Sandbox& sandbox, const std::vector<std::string>& argv) const {
    ChildProcess child({.argv = argv,
                        .environment = own_environment(),
                        .folder = working_folder,
                        .inherited = sandbox.inherited()});
    try {
      sandbox.listeners(30s);
    } catch (const HarnessError& error) {
      EXPECT_TRUE(child.wait(30s));
      return error.what();
    }
    return "none";
  }

  std::string refusal_of_plan() const {
    Sandbox sandbox(plan);
    return refusal_of(sandbox, sandbox.around({"/bin/true"}));
  }
};

TEST_F(SandboxRefusal, IsNotToBeHadOnThisMachine) {
  EXPECT_EQ(why_namespaces_are_refused(KLAB_SANDBOX).value_or("works"), "works");
}

TEST_F(SandboxRefusal, SaysThatNamespacesAreUsedUp) {
  Sandbox sandbox(plan);
  std::vector<std::string> argv{"unshare",
                                "--user",
                                "--map-root-user",
                                "--",
                                "/bin/sh",
                                "-c",
                                "echo 0 > /proc/sys/user/max_net_namespaces; exec \"$@\"",
                                "sh"};
  for (const std::string& argument : sandbox.around({"/bin/true"})) argv.push_back(argument);
  EXPECT_EQ(
      refusal_of(sandbox, argv),
      "no sandbox: cannot make new namespaces: there may be no more of them (see /proc/sys/user/max_*)");
}

TEST_F(SandboxRefusal, NamesAWritableFolderThatIsMissing) {
  plan.writable = {folder / "nowhere"};
  EXPECT_EQ(refusal_of_plan(),
            "no sandbox: cannot show " + (folder / "nowhere").string() + ": No such file or directory");
}

TEST_F(SandboxRefusal, NamesAWorkingFolderThatCannotBeSeen) {
  working_folder = folder.path();
  EXPECT_EQ(refusal_of_plan(), "no sandbox: cannot enter the working folder " + folder.path().string() +
                                   ": No such file or directory")
      << "a folder in /tmp that is not planned for";
}

TEST_F(SandboxRefusal, SaysThatThereIsNoHelper) {
  plan.helper = "/no/such/helper";
  EXPECT_EQ(refusal_of_plan(), "no sandbox: /no/such/helper ended without a word");
  EXPECT_EQ(why_namespaces_are_refused(plan.helper), "no sandbox: /no/such/helper ended without a word");
}

TEST_F(SandboxRefusal, ComesWhenTheHelperTakesTooLong) {
  Sandbox sandbox(plan);
  ChildProcess child({.argv = {"/bin/sleep", "1000"}, .inherited = sandbox.inherited()});
  EXPECT_THROW(sandbox.listeners(50ms), HarnessError);
}

TEST_F(SandboxRefusal, LeavesNothingOfTheProgramRun) {
  plan.writable = {folder.path()};
  const Sandbox unused(plan);
  {
    Sandbox sandbox(plan);
    ChildProcess child({.argv = sandbox.around({"/bin/sh", "-c", "touch " + (folder / "ran").string()}),
                        .inherited = sandbox.inherited()});
    sandbox.listeners(30s);
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "ran")) << "before it was told to go";
}

}  // namespace
}  // namespace klab
