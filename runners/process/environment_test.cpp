#include "runners/process/environment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "runners/process/child_process.hpp"
#include "runners/process/is_alive.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

bool has(const std::vector<std::string>& environment, const std::string& entry) {
  return std::ranges::find(environment, entry) != environment.end();
}

/// Sets variables of klab's own for one test.
struct EnvironmentTest : testing::Test {
  void set(const std::string& name) {
    if (getenv(name.c_str()) == nullptr) made_.insert(name);
    setenv(name.c_str(), "x", 1);
  }
  ~EnvironmentTest() override {
    for (const std::string& name : made_) unsetenv(name.c_str());
  }

 private:
  std::set<std::string> made_;
};

TEST_F(EnvironmentTest, HandsProgramsWhatLanguagesNeed) {
  for (const char* name : {"LC_KLABTEST", "CONDA_KLABTEST", "NVM_KLABTEST"}) set(name);
  const auto environment = program_environment("1-p-2", "/tmp/t");
  for (const char* entry :
       {"LC_KLABTEST=x", "CONDA_KLABTEST=x", "NVM_KLABTEST=x", "TMPDIR=/tmp/t", "KLAB_PROGRAM=1-p-2"})
    EXPECT_TRUE(has(environment, entry)) << entry;
  EXPECT_TRUE(has(environment, std::string("PATH=") + getenv("PATH")));
}

TEST_F(EnvironmentTest, KeepsSecretsFromProgramsAndSetup) {
  const std::vector<std::string> secrets{"AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "KLABTEST_PASSWORD",
                                         "SSH_AUTH_SOCK", "KAFKA_API_SECRET"};
  for (const std::string& name : secrets) set(name);
  for (const auto& environment : {program_environment("t", "/tmp"), setup_environment("t")})
    for (const std::string& name : secrets)
      EXPECT_TRUE(std::ranges::none_of(environment, [&](const auto& entry) {
        return entry.starts_with(name + "=");
      })) << name;
}

TEST_F(EnvironmentTest, TellsSetupAloneOfMirrorsAndProxies) {
  const std::vector<std::string> names{"PIP_KLABTEST", "npm_config_klabtest", "klabtest_proxy",
                                       "KLABTEST_PROXY"};
  for (const std::string& name : names) set(name);
  for (const std::string& name : names) {
    EXPECT_TRUE(has(setup_environment("t"), name + "=x")) << name;
    EXPECT_FALSE(has(program_environment("t", "/tmp"), name + "=x")) << name;
  }
}

TEST_F(EnvironmentTest, AsksForLinesToBePrintedAtOnce) {
  EXPECT_TRUE(has(program_environment("t", "/tmp"), "PYTHONPATH=/tmp/.klab-python"));
  EXPECT_FALSE(has(setup_environment("t"), "PYTHONPATH=/tmp/.klab-python"));
}

TEST_F(EnvironmentTest, NamesEachVariableOnce) {
  setenv("PYTHONPATH", "", 1);
  setenv("TMPDIR", "/elsewhere", 1);
  std::set<std::string> names;
  for (const std::string& entry : program_environment("t", "/tmp"))
    EXPECT_TRUE(names.insert(entry.substr(0, entry.find('='))).second) << entry;
  unsetenv("PYTHONPATH");
  unsetenv("TMPDIR");
}

/// A process that carries a mark, once it is to be seen from outside.
std::unique_ptr<ChildProcess> marked(const std::string& token) {
  const std::string entry = "KLAB_PROGRAM=" + token;
  auto child =
      std::make_unique<ChildProcess>(ChildPlan{.argv = {"/bin/sleep", "1000"}, .environment = {entry}});
  const std::string file = "/proc/" + std::to_string(child->pid()) + "/environ";
  EXPECT_TRUE(eventually([&] { return text_of(file).starts_with(entry); }, 30s));
  return child;
}

TEST(KillMarked, KillsEveryProcessWhoseMarkBeginsSoAndNoOther) {
  const std::string own = "klabtest-" + std::to_string(getpid());
  const auto one = marked(own + "-a-1"), two = marked(own + "-b"), other = marked(own + "0-a");
  kill_marked(own + "-");
  EXPECT_TRUE(is_soon_gone(one->pid()));
  EXPECT_TRUE(is_soon_gone(two->pid()));
  EXPECT_TRUE(is_alive(other->pid()));
  EXPECT_EQ(one->finish().signal, SIGKILL);
}

TEST(KillMarked, KillsDescendantsInSessionsOfTheirOwn) {
  const TestFolder folder;
  const std::string token = "klabtest-" + std::to_string(getpid()) + "-s";
  ChildProcess child({.argv = {"/bin/sh", "-c", "setsid sh -c 'echo $$ > orphan; exec sleep 1000' &"},
                      .environment = {"KLAB_PROGRAM=" + token, "PATH=/usr/bin:/bin"},
                      .folder = folder.path()});
  const pid_t orphan = pid_in(folder / "orphan");
  child.finish();
  EXPECT_TRUE(is_alive(orphan));
  kill_marked(token);
  EXPECT_TRUE(is_soon_gone(orphan));
}

TEST(KillMarked, ReturnsWhenNobodyCarriesTheMark) { kill_marked("klabtest-nobody"); }

}  // namespace
}  // namespace klab
