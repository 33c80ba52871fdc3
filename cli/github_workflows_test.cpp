// The workflows and the action of this repository and of the example course, read with a YAML parser: what
// they may do, what they run, and that the example calls what is there.

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <regex>
#include <set>

#include "cli/check/loaded_submission.hpp"
#include "runners/guess/submission_guess.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KLAB_SOURCE_DIR;
const fs::path kCourse = kRoot / "docs/example-course";

std::vector<fs::path> yaml_files() {
  std::vector<fs::path> files;
  for (const fs::path& folder : {kRoot / ".github", kCourse / ".github"})
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".yml") files.push_back(entry.path());
  return files;
}

/// Every value of this key, at any depth.
void collect(const YAML::Node& node, const std::string& key, std::vector<std::string>& values) {
  if (node.IsMap())
    for (const auto& entry : node) {
      if (entry.first.as<std::string>() == key && entry.second.IsScalar())
        values.push_back(entry.second.as<std::string>());
      collect(entry.second, key, values);
    }
  if (node.IsSequence())
    for (const YAML::Node& entry : node) collect(entry, key, values);
}

std::set<std::string> keys_of(const YAML::Node& node) {
  std::set<std::string> keys;
  for (const auto& entry : node) keys.insert(entry.first.as<std::string>());
  return keys;
}

bool is_inside(const std::set<std::string>& some, const std::set<std::string>& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

TEST(GithubWorkflows, PinEveryActionByItsFullCommit) {
  static const std::regex kPinned(R"([\w.-]+/[\w./-]+@[0-9a-f]{40})");
  ASSERT_GE(yaml_files().size(), 5u);
  for (const fs::path& file : yaml_files()) {
    std::vector<std::string> uses;
    collect(YAML::LoadFile(file), "uses", uses);
    for (const std::string& action : uses)
      EXPECT_TRUE(action.starts_with("./") || std::regex_match(action, kPinned)) << file << ": " << action;
  }
}

TEST(GithubWorkflows, MayOnlyReadAndNeverRunWithTheTargetsRights) {
  for (const fs::path& file : yaml_files()) {
    if (file.filename() == "action.yml") continue;
    const YAML::Node workflow = YAML::LoadFile(file);
    ASSERT_TRUE(workflow["permissions"]) << file;
    for (const auto& permission : workflow["permissions"])
      EXPECT_EQ(permission.second.as<std::string>(), "read") << file;
    const std::string text = text_of(file);
    EXPECT_EQ(text.find("pull_request_target"), std::string::npos) << file;
    EXPECT_EQ(text.find("secrets"), std::string::npos) << file;
  }
}

// What is put into a script by the template is code there: an input could be "; rm -rf".
TEST(GithubWorkflows, PutNoExpressionIntoAScript) {
  for (const fs::path& file : yaml_files()) {
    std::vector<std::string> scripts;
    collect(YAML::LoadFile(file), "run", scripts);
    for (const std::string& script : scripts)
      EXPECT_EQ(script.find("${{"), std::string::npos) << file << ": " << script;
  }
}

TEST(GithubWorkflows, GiveTheActionOnlyInputsThatItHas) {
  const YAML::Node action = YAML::LoadFile(kRoot / ".github/actions/grade/action.yml");
  const YAML::Node steps = YAML::LoadFile(kRoot / ".github/workflows/grade.yml")["jobs"]["grade"]["steps"];
  const YAML::Node step = steps[steps.size() - 1];
  EXPECT_EQ(step["uses"].as<std::string>(), "./klab/.github/actions/grade");
  EXPECT_TRUE(is_inside(keys_of(step["with"]), keys_of(action["inputs"])));
}

TEST(ExampleCourse, CallsTheWorkflowAndTheActionThatAreThere) {
  const YAML::Node job = YAML::LoadFile(kCourse / ".github/workflows/grade.yml")["jobs"]["grade"];
  const YAML::Node called = YAML::LoadFile(kRoot / ".github/workflows/grade.yml");
  EXPECT_TRUE(job["uses"].as<std::string>().starts_with("OWNER/klab/.github/workflows/grade.yml@"));
  EXPECT_TRUE(is_inside(keys_of(job["with"]), keys_of(called["on"]["workflow_call"]["inputs"])));
  const YAML::Node action = YAML::LoadFile(kRoot / ".github/actions/grade/action.yml");
  const YAML::Node steps =
      YAML::LoadFile(kCourse / ".github/workflows/classroom.yml")["jobs"]["run-autograding-tests"]["steps"];
  EXPECT_TRUE(steps[1]["uses"].as<std::string>().starts_with("OWNER/klab/.github/actions/grade@"));
  EXPECT_TRUE(is_inside(keys_of(steps[1]["with"]), keys_of(action["inputs"])));
}

TEST(ExampleCourse, HasAManifestThatNamesItsPrograms) {
  const Submission submission = load_submission(kCourse);
  for (const char* role : {"producer", "consumer"}) {
    ASSERT_TRUE(submission.has(role));
    EXPECT_TRUE(fs::exists(kCourse / (std::string(role) + ".py")));
    EXPECT_NE(submission.programs.at(role).find(std::string(role) + ".py"), std::string::npos);
  }
}

TEST(ExampleCourse, HasTheManifestThatKlabWouldGuess) {
  const Lab lab = load_lab(kRoot / "specs/data_transport/lab.json");
  const SubmissionGuess guess = guess_submission(kCourse, roles_of(lab));
  EXPECT_EQ(manifest_of(guess), text_of(kCourse / "submission.json"));
  EXPECT_TRUE(guess.doubts.empty());
}

TEST(ExampleCourse, LinksToWhatIsThere) {
  static const std::regex kLink(R"(\]\(([^)#]+)(#[^)]*)?\))");
  const std::string text = text_of(kCourse / "README.md");
  for (std::sregex_iterator link(text.begin(), text.end(), kLink), end; link != end; ++link)
    EXPECT_TRUE(fs::exists(kCourse / (*link)[1].str())) << (*link)[1];
}

}  // namespace
}  // namespace klab
