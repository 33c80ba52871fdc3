#include "specs/lab.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "checks/errors.hpp"
#include "runners/process/run_command.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

const fs::path kLabs = fs::path(KLAB_SOURCE_DIR) / "specs";

/// "Suite.Name" of every TEST that a spec registers.
std::set<std::string> registered_tests(const std::string& spec) {
  const CommandResult listed = run_command({std::string(KLAB_SPECS) + "/" + spec, "--gtest_list_tests"}, 30s);
  EXPECT_TRUE(listed.status.is_success()) << listed.output;
  std::istringstream lines(listed.output);
  std::set<std::string> tests;
  std::string suite;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('.'))
      suite = line;
    else if (line.starts_with("  "))
      tests.insert(suite + line.substr(2));
  }
  return tests;
}

class EachLab : public testing::TestWithParam<fs::path> {};

TEST_P(EachLab, PlansJustTheTestsThatItsSpecsRegister) {
  for (const PlannedSection& section : load_lab(GetParam()).sections) {
    std::set<std::string> planned;
    for (const PlannedProperty& property : section.properties) planned.insert(property.test);
    EXPECT_EQ(planned, registered_tests(section.spec)) << section.spec;
  }
}

TEST_P(EachLab, GivesEachPropertyAnIdOfItsSectionAWitnessAndPoints) {
  for (const PlannedSection& section : load_lab(GetParam()).sections)
    for (const PlannedProperty& property : section.properties) {
      EXPECT_TRUE(property.id.starts_with(section.id + ".")) << property.id;
      EXPECT_FALSE(property.witness.empty()) << property.id;
      EXPECT_GT(property.points, 0) << property.id;
      for (const std::string& role : property.roles)
        EXPECT_NE(std::ranges::find(section.roles, role), section.roles.end()) << property.id;
    }
}

std::vector<fs::path> labs() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kLabs))
    if (fs::exists(entry.path() / "lab.json")) files.push_back(entry.path() / "lab.json");
  return files;
}

INSTANTIATE_TEST_SUITE_P(Labs, EachLab, testing::ValuesIn(labs()));

class MalformedLab : public testing::Test {
 protected:
  std::string error_of(const std::string& properties) {
    const TestFolder folder;
    const fs::path file = folder.write(
        "lab.json",
        R"({"id": "l", "title": "L", "sections": [{"id": "A", "title": "T", "spec": "s", "parameters": {},)"
        R"("properties": )" +
            properties + "}]}");
    try {
      load_lab(file);
    } catch (const BadInput& error) {
      const std::string what = error.what();
      return what.substr(what.find(".json") + 7);
    }
    return "no error";
  }
};

TEST_F(MalformedLab, HasAnIdTwice) {
  EXPECT_EQ(
      error_of(
          R"([{"id": "A.p", "test": "T.A", "claim": "c", "points": 1}, {"id": "A.p", "test": "T.B", "claim": "c", "points": 1}])"),
      R"(sections[0]: properties[1]: field "id": expected an id that no other property has, got "A.p")");
}

TEST_F(MalformedLab, NeedsWhatIsNotThere) {
  EXPECT_EQ(
      error_of(R"([{"id": "A.p", "test": "T.A", "claim": "c", "points": 1, "needs": ["A.q"]}])"),
      R"(sections[0]: properties[0]: field "needs": expected properties that come before it, got ["A.q"])");
}

TEST_F(MalformedLab, NeedsItself) {
  EXPECT_EQ(
      error_of(R"([{"id": "A.p", "test": "T.A", "claim": "c", "points": 1, "needs": ["A.p"]}])"),
      R"(sections[0]: properties[0]: field "needs": expected properties that come before it, got ["A.p"])");
}

TEST_F(MalformedLab, WouldTellOfAHiddenPropertyWhereItIsNeeded) {
  EXPECT_EQ(
      error_of(R"([{"id": "A.p", "test": "T.A", "claim": "c", "points": 1, "visibility": "hidden"},)"
               R"( {"id": "A.q", "test": "T.B", "claim": "c", "points": 1, "needs": ["A.p"]}])"),
      R"(sections[0]: properties[1]: field "needs": expected properties that are not hidden, got ["A.p"])");
}

TEST_F(MalformedLab, HasAVisibilityThatIsNone) {
  EXPECT_EQ(
      error_of(R"([{"id": "A.p", "test": "T.A", "claim": "c", "points": 1, "visibility": "secret"}])"),
      R"(sections[0]: properties[0]: field "visibility": expected "visible" or "hidden", got "secret")");
}

TEST_F(MalformedLab, LacksAField) {
  EXPECT_EQ(error_of(R"([{"id": "A.p"}])"), R"(sections[0]: properties[0]: field "test" is missing)");
}

}  // namespace
}  // namespace klab
