// klab check as a user runs it, against a real broker.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "checks/verdict/verdict_json.hpp"
#include "cli/scratch_folder.hpp"
#include "runners/process/child_process.hpp"
#include "runners/process/run_command.hpp"
#include "runners/tap/loopback.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
namespace fs = std::filesystem;
using nlohmann::json;

// Programs in shell, so that these tests wait for nobody's setup: a producer that sends nothing, a consumer
// that prints nothing.
constexpr const char* kIdle = R"({"programs": {"producer": "true", "consumer": "sleep 60"}})";

/// The terminal's lines as one.
std::string without_line_breaks(const std::string& text) {
  std::string joined;
  std::istringstream words(text);
  for (std::string word; words >> word;) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

class KlabCheck : public testing::Test {
 protected:
  explicit KlabCheck(const std::string& manifest = kIdle) {
    fs::create_directories(submission());
    std::ofstream(submission() / "submission.json") << manifest;
  }

  fs::path submission() const { return folder_.path() / "submission"; }
  fs::path run() const { return folder_.path() / "run"; }

  /// A command for `sh -c`, which may be wrapped in another.
  std::string command(const std::string& more = "") const {
    return fmt::format("exec {} check {} --broker process --out {} {}", KLAB_EXECUTABLE,
                       submission().string(), run().string(), more);
  }

  CommandResult recheck(const std::string& more = "") const {
    return run_command(
        {"/bin/sh", "-c", fmt::format("{} recheck {} {}", KLAB_EXECUTABLE, run().string(), more)}, 60s);
  }

  /// Of section A's history what comes between the header, which has the time, and the play: the sample and
  /// the topic's name.
  std::string recorded_before_the_play() const {
    const std::string history = read_whole_file(run() / "sections" / "A" / "history.jsonl");
    const std::size_t begin = history.find('\n'), topic = history.find("\"event\":\"topic\"");
    return topic == std::string::npos ? "" : history.substr(begin, history.find('\n', topic) - begin);
  }

  json facts() const { return json::parse(read_whole_file(run() / "run.json")); }

  /// Processes that work for this run, by what their command lines name.
  std::string left_behind() const { return run_command({"pgrep", "-af", run().string()}, 10s).output; }

  ScratchFolder folder_;
};

TEST_F(KlabCheck, ReportsAMissingRoleAndJudgesTheRest) {
  std::ofstream(submission() / "submission.json") << R"({"programs": {"producer": "true"}})";
  const CommandResult result = run_command({"/bin/sh", "-c", command("--section A")}, 60s);
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("submission.json has no program \"consumer\"; it has: producer"),
            std::string::npos);
  EXPECT_EQ(facts()["properties"]["A.stored-once"], "fail");
  EXPECT_EQ(facts()["properties"]["A.exits-zero"], "pass");
  EXPECT_EQ(facts()["properties"]["A.unchanged"], "skipped");
}

TEST_F(KlabCheck, JudgesAConsumerEvenWithoutAProducer) {
  std::ofstream(submission() / "submission.json") << R"({"programs": {"consumer": "true"}})";
  const CommandResult result = run_command({"/bin/sh", "-c", command("--section A")}, 60s);
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("the grader sent the sample itself"), std::string::npos);
  EXPECT_NE(result.output.find("0 records printed, the topic holds 1000"), std::string::npos)
      << result.output;
}

TEST_F(KlabCheck, GuessesWhereThereIsNoManifestAndSaysSoInOneDocument) {
  fs::remove(submission() / "submission.json");
  std::ofstream(submission() / "producer.sh") << "topic=$1\n";
  const CommandResult result = run_command(
      {"/bin/sh", "-c", command("--section A --json 2>" + (folder_.path() / "err").string())}, 60s);
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  const json outcome = json::parse(result.output);
  const std::string note = outcome["notes"].front();
  EXPECT_NE(note.find("no submission.json: guessed producer (producer.sh); klab init"), std::string::npos)
      << note;
  EXPECT_NE(read_whole_file(folder_.path() / "err").find(note), std::string::npos);
  EXPECT_EQ(outcome["points"], facts()["points"]);
  EXPECT_EQ(outcome["counts"]["pass"], 1);  // it exits 0
  const json again = json::parse(recheck("--json").output);
  EXPECT_EQ(again["sections"][0]["properties"], outcome["sections"][0]["properties"]);
  EXPECT_EQ(again["changes"], json::array());
}

TEST_F(KlabCheck, NamesAProgramThatIsNotFound) {
  std::ofstream(submission() / "submission.json")
      << R"({"programs": {"producer": "./nothere", "consumer": "true"}})";
  const CommandResult result = run_command({"/bin/sh", "-c", command("--section A")}, 60s);
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("(crash)"), std::string::npos);
  EXPECT_NE(result.output.find("./nothere: not found"), std::string::npos) << result.output;
}

TEST_F(KlabCheck, ReportsAFailedSetupAsTheSubmissionsFault) {
  std::ofstream(submission() / "submission.json")
      << R"({"setup": "echo no compiler; exit 3", "programs": {"producer": "true"}})";
  const CommandResult result = run_command({"/bin/sh", "-c", command("--section A")}, 60s);
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("setup ended with exit code 3"), std::string::npos);
  EXPECT_NE(result.output.find("setup printed: no compiler"), std::string::npos);
  EXPECT_NE(recheck().output.find("setup printed: no compiler"), std::string::npos);
}

TEST_F(KlabCheck, IsRecheckedWithoutTheSubmission) {
  run_command({"/bin/sh", "-c", command("--section A --section D")}, 60s);
  fs::remove_all(submission());
  const CommandResult again = recheck();
  EXPECT_EQ(again.status.exit_code, 1) << again.output;
  EXPECT_NE(again.output.find("FAIL     A.stored-once"), std::string::npos) << again.output;
  EXPECT_NE(again.output.find("every property is judged as it was"), std::string::npos) << again.output;
  const fs::path history = run() / "sections" / "D" / "history.jsonl";
  std::string half = read_whole_file(history);
  half.replace(0, 1, R"({"play_failure":"the broker is gone",)");
  std::ofstream(history) << half;
  const std::string broken_off = recheck().output;
  EXPECT_NE(broken_off.find("ERROR    D.stored-twice"), std::string::npos) << broken_off;
  EXPECT_NE(broken_off.find("the broker is gone"), std::string::npos) << broken_off;
  std::ofstream(history) << "no history\n";
  EXPECT_NE(recheck().output.find("ERROR    D.stored-twice"), std::string::npos) << "and A is judged";
  fs::remove_all(run() / "sections" / "D");
  EXPECT_NE(recheck().output.find("NOT RUN  D.stored-twice"), std::string::npos) << recheck().output;
}

TEST_F(KlabCheck, IsRecheckedToSeeWhatIsJudgedOtherwise) {
  run_command({"/bin/sh", "-c", command("--section A")}, 60s);
  std::string saved = read_whole_file(run() / "run.json");
  const std::string exits_zero = R"("A.exits-zero": "pass")";
  ASSERT_NE(saved.find(exits_zero), std::string::npos) << saved;
  std::ofstream(run() / "run.json") << saved.replace(saved.find(exits_zero), exits_zero.size(),
                                                     R"("A.exits-zero": "fail")");
  EXPECT_EQ(recheck("--diff").output, "A.exits-zero: was fail, is pass\n");
}

TEST_F(KlabCheck, GivesTheSameVerdictsOnTheSavedHistory) {
  run_command({"/bin/sh", "-c", command("--section A")}, 60s);
  const fs::path section = run() / "sections" / "A", again = folder_.path() / "again.jsonl";
  run_command({std::string(KLAB_SPECS) + "/a_initialization_spec", "--history",
               (section / "history.jsonl").string(), "--verdicts", again.string()},
              30s);
  const auto first = read_judged_tests(read_whole_file(section / "verdicts.jsonl"), "first");
  const auto second = read_judged_tests(read_whole_file(again), "second");
  ASSERT_EQ(first.size(), 8u);
  ASSERT_EQ(second.size(), first.size());
  for (std::size_t i = 0; i < first.size(); ++i)
    EXPECT_EQ(to_json_line({.test = first[i].test, .verdict = first[i].verdict}),
              to_json_line({.test = second[i].test, .verdict = second[i].verdict}));
}

TEST_F(KlabCheck, MakesTheSameSampleFromTheSameSeed) {
  run_command({"/bin/sh", "-c", command("--section A --seed 42")}, 60s);
  const std::string first = recorded_before_the_play();
  fs::remove_all(run());
  run_command({"/bin/sh", "-c", command("--section A --seed 42")}, 60s);
  EXPECT_EQ(facts()["seed"], "42");
  EXPECT_NE(first.find("breadcrumbs-"), std::string::npos);
  EXPECT_TRUE(first == recorded_before_the_play()) << "a diff of 1000 records helps nobody";
}

class KlabInterrupted : public KlabCheck, public testing::WithParamInterface<std::pair<std::string, int>> {};

TEST_P(KlabInterrupted, LeavesNoProcessAndAReadableRun) {
  const auto [moment, signal] = GetParam();
  const fs::path output = folder_.path() / "output";
  std::ofstream(submission() / "submission.json") << fmt::format(
      R"({{"programs": {{"producer": "sleep 300 & sleep 300; : {}", "consumer": "true"}}}})", run().string());
  ChildProcess klab({.argv = {"/bin/sh", "-c", command("--section A --section D") + " 2>" + output.string()},
                     .environment = own_environment()});
  ASSERT_TRUE(eventually([&] { return read_whole_file(output).find(moment) != std::string::npos; }, 60s));
  kill(klab.pid(), signal);
  ASSERT_TRUE(klab.wait(30s));
  EXPECT_EQ(klab.finish().exit_code, 2);
  EXPECT_TRUE(eventually([&] { return left_behind().empty(); }, 5s)) << left_behind();
  const auto facts_then = facts();
  for (const auto& [id, outcome] : facts_then["properties"].items()) EXPECT_EQ(outcome, "not run") << id;
  EXPECT_EQ(facts_then["finished"], false);
}

INSTANTIATE_TEST_SUITE_P(Moments, KlabInterrupted,
                         testing::Values(std::pair("Data Transport"s, SIGINT),
                                         std::pair("starting a broker"s, SIGINT),
                                         std::pair("the producer is running"s, SIGINT),
                                         std::pair("the producer is running"s, SIGTERM)));

TEST_F(KlabCheck, LeavesNoProcessEvenWhenItIsKilled) {
  const fs::path output = folder_.path() / "output";
  std::ofstream(submission() / "submission.json")
      << fmt::format(R"({{"programs": {{"producer": "sleep 300 & sleep 300; : {}"}}}})", run().string());
  ChildProcess klab(
      {.argv = {"/bin/sh", "-c", command() + " 2>" + output.string()}, .environment = own_environment()});
  ASSERT_TRUE(eventually(
      [&] { return read_whole_file(output).find("the producer is running") != std::string::npos; }, 60s));
  kill(klab.pid(), SIGKILL);
  EXPECT_EQ(klab.finish().signal, SIGKILL);
  EXPECT_TRUE(eventually([&] { return left_behind().empty(); }, 20s)) << left_behind();
  EXPECT_EQ(facts()["properties"]["A.stored-once"], "not run");
}

/// Prints the records that the topic holds without asking the broker: from the broker's own files.
constexpr const char* kForger =
    R"({"programs": {"consumer": "cat /tmp/klab-*/klab-*/A/broker-*/data/{topic}-*/*.log | grep -ao '{[^}]*}'"}})";

TEST_F(KlabCheck, SeesThatAPrintedRecordWasNeverGiven) {
  std::ofstream(submission() / "submission.json") << kForger;
  const CommandResult result = run_command({"/bin/sh", "-c", command("--section A --sandbox none")}, 120s);
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  const std::string text = without_line_breaks(result.output);
  EXPECT_NE(
      text.find("1000 records are printed before they were received: the broker never gave the consumer any "
                "record"),
      std::string::npos)
      << result.output;
  EXPECT_NE(
      text.find("the witnesses disagree: consumer-1 printed 1000 records that the broker never gave it"),
      std::string::npos)
      << result.output;
  EXPECT_NE(text.find("the programs ran without a sandbox"), std::string::npos);
  EXPECT_EQ(facts()["sandbox"], "none");
}

TEST_F(KlabCheck, HidesTheBrokersFilesFromPrograms) {
  std::ofstream(submission() / "submission.json") << kForger;
  const CommandResult result =
      run_command({"/bin/sh", "-c", command("--section A --sandbox namespace")}, 120s);
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  EXPECT_NE(
      without_line_breaks(result.output).find("none of them holds a record of the 1000 that the topic holds"),
      std::string::npos)
      << result.output;
  EXPECT_EQ(facts()["sandbox"], "namespaces of this machine");
}

// A program that reaches that socket has a JVM outside its sandbox do things. In /tmp it would see neither.
TEST_F(KlabCheck, HidesTheDoorOfTheBrokersHouse) {
  const ScratchFolder temporary(std::getenv("HOME"));
  std::ofstream(submission() / "submission.json")
      << fmt::format(R"({{"programs": {{"producer": "find {}"}}}})", temporary.path().string());
  const std::string in_there = fmt::format("export TMPDIR={}; ", temporary.path().string());
  run_command({"/bin/sh", "-c", in_there + command("--section A --sandbox namespace")}, 120s);
  const std::string seen = read_whole_file(run() / "sections/A/programs/producer-1.out");
  EXPECT_NE(seen.find("/A/programs/producer-1/work\n"), std::string::npos) << "its own folder: " << seen;
  EXPECT_EQ(seen.find("house.socket"), std::string::npos) << seen;
}

TEST_F(KlabCheck, LetsAProgramWriteWhereItsSetupHasBuilt) {
  std::ofstream(submission() / "submission.json") << R"({"setup": "mkdir build; echo 1 >build/stamp",
    "programs": {"producer": "echo 2 >build/stamp; echo 3 >\"$HOME/.klab-test\"; cat build/stamp \"$HOME/.klab-test\""}})";
  for (const char* run_again : {"first", "second"}) {
    fs::remove_all(run());
    run_command({"/bin/sh", "-c", command("--section A --sandbox namespace")}, 120s);
    EXPECT_EQ(read_whole_file(run() / "sections/A/programs/producer-1.out"), "2\n3\n") << run_again;
  }
  EXPECT_FALSE(fs::exists(fs::path(std::getenv("HOME")) / ".klab-test"));
}

/// Tries every port that a broker, or anything else of this machine, may listen on, and a place in the
/// internet.
constexpr const char* kProbe = R"(
import os, socket, sys
def reaches(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        return probe.connect_ex(address) == 0
for port in [int(sys.argv[1])] + list(range(9000, 9200)) + list(range(20000, 32000)):
    if reaches(socket.AF_INET, ("127.0.0.1", port)): print("reached", port)
for host in ("192.0.2.1", "8.8.8.8", "10.0.0.1", "172.17.0.1"):
    if reaches(socket.AF_INET, (host, 53)): print("reached", host)
print("interfaces", *(name for _, name in socket.if_nameindex()))
print("sees", [entry for path in sys.argv[2:] if os.path.isdir(path) for entry in os.listdir(path)])
)";

TEST_F(KlabCheck, LetsAProgramReachItsBrokerAndNothingElse) {
  std::ofstream(submission() / "probe.py") << kProbe;
  const FileDescriptor listener = listen_on_loopback();
  std::ofstream(submission() / "submission.json")
      << fmt::format(R"({{"programs": {{"producer": "python3 probe.py {} {} {}/specs"}}}})",
                     port_of(listener), run().string(), KLAB_SOURCE_DIR);
  const CommandResult result =
      run_command({"/bin/sh", "-c", command("--section A --sandbox namespace")}, 120s);
  EXPECT_EQ(read_whole_file(run() / "sections/A/programs/producer-1.out"),
            "reached 9092\ninterfaces lo\nsees []\n")
      << result.output;
}

TEST_F(KlabCheck, SaysThatTheDiskIsFull) {
  fs::create_directories(run());
  const std::string mounted =
      fmt::format("mount -t tmpfs -o size=64k klab {} && {}", run().string(), command("--section A"));
  if (!run_command({"unshare", "--mount", "true"}, 10s).status.is_success())
    GTEST_SKIP() << "mount namespaces are refused here, so there is no small disk to fill";
  const CommandResult result = run_command({"unshare", "--mount", "/bin/sh", "-c", mounted}, 60s);
  EXPECT_EQ(result.status.exit_code, 2) << result.output;
  EXPECT_NE(result.output.find("No space left on device"), std::string::npos) << result.output;
}

}  // namespace
}  // namespace klab
