// klab as a user runs it, with what it cannot work with: one clear line on stderr, exit code 64, nothing left
// behind.

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <fstream>

#include "cli/scratch_folder.hpp"
#include "runners/process/run_command.hpp"
#include "specs/lab.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class BadInputToKlab : public testing::Test {
 protected:
  CommandResult klab(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), KLAB_EXECUTABLE);
    // cd first: a run that is begun by mistake would show up in the folder.
    std::vector<std::string> argv{"/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder_.path().string()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return run_command(argv, 30s);
  }

  void write_manifest(const std::string& text) { std::ofstream(folder_.path() / "submission.json") << text; }

  void expect_refused(const std::vector<std::string>& arguments, const std::string& line) {
    const CommandResult result = klab(arguments);
    EXPECT_EQ(result.status.exit_code, 64);
    EXPECT_EQ(result.output, "klab: " + line + "\n");
    EXPECT_FALSE(fs::exists(folder_.path() / "klab-runs"));
  }

  ScratchFolder folder_;
};

TEST_F(BadInputToKlab, IsAnsweredAsWellWhereNobodyListens) {
  const std::string command = fmt::format("exec {} class nowhere 2>/dev/full", KLAB_EXECUTABLE);
  EXPECT_EQ(run_command({"/bin/sh", "-c", command}, 30s).status.exit_code, 64);
}

TEST_F(BadInputToKlab, IsANameThatIsNotUtf8) {
  fs::create_directories(folder_.path() / "caf\xe9");
  std::ofstream(folder_.path() / "caf\xe9" / "producer.py") << "\n";
  const CommandResult result = klab({"check", "caf\xe9"});
  EXPECT_EQ(result.status.exit_code, 64);
  EXPECT_NE(result.output.find("its name is not UTF-8; expected a folder with another name\n"),
            std::string::npos)
      << result.output;
}

TEST_F(BadInputToKlab, IsAFolderToRecheckThatIsNoRun) {
  const std::string run = (folder_.path() / "run.json").string();
  expect_refused({"recheck", folder_.path().string()},
                 run + ": is not there; expected a run directory of klab");
}

TEST_F(BadInputToKlab, IsAClassThatIsNoFolderOfSubmissions) {
  const std::string folder = fs::canonical(folder_.path()).string();
  expect_refused({"class", "nowhere"},
                 "nowhere: is not there; expected a folder with one for each submission");
  expect_refused({"class", "."}, folder + ": has no folder in it; expected one for each submission");
  fs::create_directories(folder_.path() / "ada");
  expect_refused({"class", ".", "--section", "Z"},
                 "--section Z: the lab Data Transport has no such section; it has A, B, C, D, E, F, G, H, I");
  write_manifest("{}");
  expect_refused({"class", "."},
                 folder + ": is a submission itself; expected a folder of submissions, or klab check");
  EXPECT_FALSE(fs::exists(folder_.path() / "klab-class"));
}

TEST_F(BadInputToKlab, IsATaskOfAClassWithoutItsFolder) {
  expect_refused({"class", ".", "--only", "1"}, "--only requires --out; see klab class --help");
  expect_refused({"class", ".", "--only", "0", "--out", "c"},
                 "--only: Value 0 not in range 1 to 1000000; see klab class --help");
  expect_refused({"check", ".", "--seed", "-1"},
                 "--seed: expected a number from 0 on; see klab check --help");
}

TEST_F(BadInputToKlab, IsAnUnknownCommand) {
  expect_refused({"chekc"}, "chekc: no such command; did you mean check?; see klab --help");
}

TEST_F(BadInputToKlab, IsNoCommandAtAll) {
  const CommandResult result = klab({});
  EXPECT_EQ(result.status.exit_code, 64);
  EXPECT_TRUE(result.output.starts_with("klab: expected a command: check, class, init, recheck, "))
      << result.output;
}

TEST_F(BadInputToKlab, IsAnUnknownFlag) {
  expect_refused({"check", "--sectoin", "A"},
                 "--sectoin: klab check has no such flag; did you mean --section?; see klab check --help");
}

TEST_F(BadInputToKlab, IsABrokerThatIsNone) {
  expect_refused({"check", "--broker", "cloud"},
                 "--broker: cloud not in {auto,process,container}; see klab check --help");
}

TEST_F(BadInputToKlab, IsASeedThatIsNoNumber) {
  expect_refused({"check", "--seed", "lucky"}, "Could not convert: --seed = lucky; see klab check --help");
}

TEST_F(BadInputToKlab, IsAFolderThatIsNotThere) {
  expect_refused({"check", "nowhere"}, "nowhere: no such folder; expected a submission");
}

TEST_F(BadInputToKlab, IsAFileInPlaceOfAFolder) {
  write_manifest("{}");
  expect_refused({"check", "submission.json"}, "submission.json: not a folder; expected a submission");
}

TEST_F(BadInputToKlab, IsAFolderWithoutAManifest) {
  expect_refused({"check"},
                 "./submission.json: not found, and no file is named after a role, such as producer.py; klab "
                 "init --help says more");
}

TEST_F(BadInputToKlab, IsAManifestThatIsNotJson) {
  write_manifest("{\"programs\": {\n  \"producer\": \"p\",\n}}");
  expect_refused({"check"}, "./submission.json:3:1: not valid JSON: unexpected '}'; expected string literal");
}

TEST_F(BadInputToKlab, IsAFieldOfTheWrongType) {
  write_manifest("{\"programs\": {\n  \"producer\": 5\n}}");
  expect_refused({"check"}, "./submission.json:2: field \"programs.producer\": expected a text, got 5");
}

TEST_F(BadInputToKlab, IsASectionThatTheLabDoesNotHave) {
  write_manifest(R"({"programs": {"producer": "true"}})");
  std::vector<std::string> ids;
  for (const PlannedSection& section : load_lab(KLAB_SOURCE_DIR "/specs/data_transport/lab.json").sections)
    ids.push_back(section.id);
  expect_refused({"check", "--section", "A", "--section", "Z"},
                 fmt::format("--section Z: the lab Data Transport has no such section; it has {}",
                             fmt::join(ids, ", ")));
}

TEST_F(BadInputToKlab, IsARunDirectoryThatHoldsSomething) {
  write_manifest(R"({"programs": {"producer": "true"}})");
  expect_refused(
      {"check", "--broker", "process", "--out", folder_.path().string()},
      folder_.path().string() + ": is there already; expected the name of a new or empty folder for the run");
}

TEST_F(BadInputToKlab, IsASelftestThatThereIsNot) {
  expect_refused({"selftest", "broken/nothing"},
                 "broken/nothing: no such submission; klab selftest --list says what there is");
}

TEST_F(BadInputToKlab, IsATopicThatCannotBe) {
  expect_refused({"broker", "--topic", "t:0"}, "--topic t:0: expected from 1 to 1000 partitions");
  expect_refused({"broker", "--topic", "t", "--topic", "t:2"}, "--topic t:2: the topic is asked for twice");
}

TEST_F(BadInputToKlab, IsAPortThatIsNone) {
  expect_refused({"broker", "--port", "70000"},
                 "--port: Value 70000 not in range 0 to 65535; see klab broker --help");
}

/// The grader's own shortfalls: nothing to grade with, so exit code 2.
class NothingToGradeWith : public BadInputToKlab {
 protected:
  NothingToGradeWith() { write_manifest(R"({"programs": {"producer": "true"}})"); }

  void expect_short(const std::string& environment, const std::string& broker, const std::string& beginning) {
    const CommandResult result =
        run_command({"/bin/sh", "-c",
                     "cd \"$0\" && " + environment + " exec " KLAB_EXECUTABLE " check --broker " + broker,
                     folder_.path().string()},
                    30s);
    EXPECT_EQ(result.status.exit_code, 2) << result.output;
    EXPECT_EQ(result.output.substr(0, beginning.size()), beginning);
    EXPECT_FALSE(fs::exists(folder_.path() / "klab-runs"));
  }
};

TEST_F(NothingToGradeWith, SaysThatThereIsNeitherJavaNorAnEngine) {
  expect_short("PATH=/nonexistent", "auto",
               "klab: no Java to run a broker with: install a Java 17 runtime, or start a container engine; "
               "and neither "
               "docker nor podman is installed\n");
}

TEST_F(NothingToGradeWith, SaysThatThereIsNoJava) {
  expect_short("PATH=/nonexistent", "process", "klab: no Java to run a broker with");
}

TEST_F(NothingToGradeWith, SaysThatThereIsNoEngine) {
  expect_short("PATH=/nonexistent", "container",
               "klab: neither docker nor podman is installed; start a container engine, or");
}

TEST_F(NothingToGradeWith, SaysThatAnEngineDoesNotAnswer) {
  const fs::path tools = folder_.path() / "tools";
  fs::create_directories(tools);
  std::ofstream(tools / "docker") << "#!/bin/sh\necho 'Cannot connect to the Docker daemon.' >&2\nexit 1\n";
  fs::permissions(tools / "docker", fs::perms::owner_all);
  expect_short("PATH=" + tools.string(), "container",
               "klab: docker is installed but does not answer: Cannot connect to the Docker daemon; start a "
               "container");
}

TEST_F(NothingToGradeWith, SaysThatJavaIsTooOld) {
  const fs::path tools = folder_.path() / "tools";
  fs::create_directories(tools);
  std::ofstream(tools / "java") << "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n";
  fs::permissions(tools / "java", fs::perms::owner_all);
  expect_short("PATH=" + tools.string(), "process",
               "klab: Java 11.0.2 is too old for Kafka: expected 17 or later\n");
}

}  // namespace
}  // namespace klab
