// klab init and klab check without a manifest, as a user runs them.

#include <gtest/gtest.h>

#include "cli/klab_for_tests.hpp"
#include "runners/process/test_folder.hpp"
#include "runners/submission/submission.hpp"

namespace klab {
namespace {

constexpr const char* kProgram =
    "add_argument('-f', '--config')\nadd_argument('-t', '--topic')\nadd_argument('-g', '--group')\n";

class InitCommand : public testing::Test {
 protected:
  CommandResult klab(const std::string& arguments) {
    return in_shell(folder_.path(), "\"$klab\" " + arguments);
  }
  std::string manifest(const std::string& in = ".") { return text_of(folder_ / (in + "/submission.json")); }

  TestFolder folder_;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(InitCommand, WritesAManifestThatKlabReads) {
  folder_.write("producer.py", kProgram);
  folder_.write("consumer.py", kProgram);
  const CommandResult result = klab("init");
  EXPECT_EQ(result.status.exit_code, 0) << result.output;
  EXPECT_EQ(load_submission(folder_.path()).programs.at("consumer"),
            "python3 consumer.py -f {config} -t {topic} -g {group}");
}

TEST_F(InitCommand, SaysWhatIsGuessedWhatIsNotAndWhatIsNotAttempted) {
  folder_.write("producer.py", kProgram);
  folder_.write("a/consumer.py", kProgram);
  folder_.write("b/consumer.py", kProgram);
  const std::string said = klab("init").output;
  EXPECT_TRUE(has(said, "producer                producer.py\n")) << said;
  EXPECT_TRUE(has(said, "consumer may be a/consumer.py or b/consumer.py: none was taken\n")) << said;
  EXPECT_TRUE(has(said, "producer.py: cannot see how it is told {data}\n")) << said;
  EXPECT_TRUE(has(said, "A  Initialization                      attempted in part: no consumer\n")) << said;
  EXPECT_TRUE(has(said, "B  Monitoring                          not attempted: no monitor (optional)\n"))
      << said;
  EXPECT_TRUE(has(
      said, "F  Varying keys                        not attempted: no keyed_producer, no keyed_consumer\n"))
      << said;
  EXPECT_TRUE(has(said, "Next: klab check .\n")) << said;
}

TEST_F(InitCommand, KeepsAManifestThatIsThere) {
  folder_.write("producer.py", kProgram);
  folder_.write("submission.json", "mine");
  const CommandResult result = klab("init");
  EXPECT_EQ(result.status.exit_code, 64);
  EXPECT_EQ(result.output, "klab: ./submission.json: is there already; --force writes it anew\n");
  EXPECT_EQ(manifest(), "mine");
  EXPECT_EQ(klab("init --force").status.exit_code, 0);
  EXPECT_TRUE(has(manifest(), "\"producer\": \"python3 producer.py"));
}

TEST_F(InitCommand, KeepsALinkToNowhere) {
  folder_.write("producer.py", kProgram);
  std::filesystem::create_symlink("nowhere", folder_ / "submission.json");
  EXPECT_EQ(klab("init").status.exit_code, 64);
}

TEST_F(InitCommand, WritesNothingWhereThereIsNoProgram) {
  const CommandResult result = klab("init");
  EXPECT_EQ(result.status.exit_code, 64);
  EXPECT_EQ(result.output,
            "klab: .: no program found; expected files named after their roles, such as producer.py\n");
  EXPECT_EQ(manifest(), "");
}

TEST_F(InitCommand, TakesFoldersWithSpacesAndLettersOfAnyLanguage) {
  folder_.write("Übung 3/producer.py", kProgram);
  const CommandResult result = klab("init 'Übung 3'");
  EXPECT_EQ(result.status.exit_code, 0) << result.output;
  EXPECT_TRUE(has(result.output, "Next: klab check 'Übung 3'\n")) << result.output;
  EXPECT_TRUE(has(manifest("Übung 3"), "python3 producer.py"));
}

TEST_F(InitCommand, ShowsNamesThatATerminalWouldObey) {
  folder_.write("\u009b31m/producer.py", kProgram);
  const std::string said = klab("init").output;
  EXPECT_TRUE(has(said, "\\x9b31m/producer.py\n")) << said;
}

TEST_F(InitCommand, RefusesWhatIsNoFolder) {
  folder_.write("file", "");
  EXPECT_EQ(klab("init file").output, "klab: file: not a folder; expected a submission\n");
  EXPECT_EQ(klab("init nothing").output, "klab: nothing: no such folder; expected a submission\n");
}

TEST_F(InitCommand, GuessesTheReferencesAsTheirManifestsHaveThem) {
  const std::filesystem::path references = KLAB_SOURCE_DIR "/fixtures/submissions/reference";
  for (const char* language : {"python", "javascript", "go", "cpp", "java"}) {
    const std::filesystem::path copy = folder_ / language;
    std::filesystem::copy(references / language, copy, std::filesystem::copy_options::recursive);
    EXPECT_EQ(klab(std::string("init --force ") + language).status.exit_code, 0);
    const Submission guessed = load_submission(copy), own = load_submission(references / language);
    std::vector<std::string> roles, guessed_roles;
    for (const auto& [role, command] : own.programs) roles.push_back(role);
    for (const auto& [role, command] : guessed.programs) guessed_roles.push_back(role);
    EXPECT_EQ(guessed_roles, roles) << language;
    for (const auto& [role, command] : guessed.programs)
      for (const char* placeholder : {"{config}", "{topic}", "{topic2}", "{group}", "{key}", "{data}"})
        EXPECT_EQ(has(command, placeholder), has(own.programs.at(role), placeholder))
            << language << ": " << command;
  }
}

}  // namespace
}  // namespace klab
