#include "runners/program/program.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/program/program_in_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct ProgramTest : ProgramInFolder {};

std::vector<std::size_t> numbers_in(std::string_view line) {
  std::vector<std::size_t> numbers;
  for (const char c : line)
    if (c >= '0' && c <= '9') numbers.push_back(static_cast<std::size_t>(c - '0'));
  return numbers;
}

TEST_F(ProgramTest, RecordsItsLinesByStreamAndNumber) {
  const History history = history_of("echo one; echo two; echo three >&2; printf four");
  ASSERT_EQ(history.printed.size(), 4u);
  for (const PrintedLine& line : history.printed) {
    EXPECT_EQ(line.program, "consumer-1");
    EXPECT_EQ(line.on_stderr, line.value == "three");
    EXPECT_EQ(line.number, line.value == "two" ? 2u : line.value == "four" ? 3u : 1u) << line.value;
    EXPECT_TRUE(line.matched);
    EXPECT_FALSE(line.key);
  }
  EXPECT_EQ(text_of(folder / "consumer-1.out"), "one\ntwo\nfour");
  EXPECT_EQ(text_of(folder / "consumer-1.err"), "three\n");
}

TEST_F(ProgramTest, RecordsHowItRan) {
  const ProgramRun run = run_of("echo one; echo oh dear >&2; exit 3");
  EXPECT_EQ(run.program, "consumer-1");
  EXPECT_EQ(run.role, "consumer");
  EXPECT_EQ(run.command, "echo one; echo oh dear >&2; exit 3");
  EXPECT_EQ(run.ending, Ending::exited);
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.signal, 0);
  EXPECT_EQ(run.lines_printed, 2u);
  EXPECT_EQ(run.last_words, "oh dear\n");
  EXPECT_LT(run.started, run.ended);
}

TEST_F(ProgramTest, RecordsTheSignalThatEndedIt) {
  const ProgramRun run = run_of("kill -SEGV $$");
  EXPECT_EQ(run.ending, Ending::exited);
  EXPECT_FALSE(run.exit_code);
  EXPECT_EQ(run.signal, SIGSEGV);
}

TEST_F(ProgramTest, RecordsACommandThatIsNotThere) {
  const ProgramRun run = run_of("no-such-program-anywhere");
  EXPECT_EQ(run.exit_code, 127);
  EXPECT_NE(run.last_words.find("not found"), std::string::npos);
}

TEST_F(ProgramTest, TakesKeyAndValueFromLinesThatMatchThePattern) {
  plan.consumed_pattern = "key (?<key>.*) value (?<value>.*)";
  const History history = history_of("echo key 7 value abc; echo waiting");
  ASSERT_EQ(history.printed.size(), 2u);
  EXPECT_TRUE(history.printed[0].matched);
  EXPECT_EQ(history.printed[0].key, "7");
  EXPECT_EQ(history.printed[0].value, "abc");
  EXPECT_FALSE(history.printed[1].matched);
  EXPECT_FALSE(history.printed[1].key);
  EXPECT_EQ(history.printed[1].value, "waiting");
}

TEST_F(ProgramTest, TakesTheWholeLineWhereThePatternNamesNoValue) {
  plan.consumed_pattern = "^got";
  EXPECT_EQ(history_of("echo got abc").printed.at(0).value, "got abc");
}

TEST_F(ProgramTest, RecordsBytesThatAreNoUtf8) {
  EXPECT_EQ(history_of(R"(printf 'a\377\000b\n')").printed.at(0).value, std::string("a\xFF\0b", 4));
}

TEST_F(ProgramTest, CountsTheRecordsItHasShownInMatchingLines) {
  plan.consumed_pattern = "got (?<value>.*)";
  plan.records_in = numbers_in;
  Program program(plan, recorder);
  ASSERT_TRUE(program.wait(30s));
  program.stop(Ending::stopped);
  EXPECT_EQ(program.records_shown(), 0u);
  EXPECT_EQ(program.lines_with_records(), 0u);

  plan.name = "consumer-2";
  plan.command = "echo got 1; echo 2; echo got nothing; echo got 3; exec sleep 1000";
  Program second(plan, recorder);
  EXPECT_TRUE(eventually([&] { return second.records_shown() == 2; }, 30s));
  EXPECT_EQ(second.lines_with_records(), 2u);
  EXPECT_GE(second.quiet_for(), Moment(0));
  second.stop(Ending::stopped);
}

TEST_F(ProgramTest, CountsARecordOnSeveralLinesInARowOnce) {
  plan.records_in = numbers_in;
  plan.command = "echo key of 1; echo value of 1; echo 2; echo 1; echo 3 4; exec sleep 1000";
  Program program(plan, recorder);
  EXPECT_TRUE(eventually([&] { return program.lines_with_records() == 5; }, 30s));
  EXPECT_EQ(program.records_shown(), 5u);
  program.stop(Ending::stopped);
}

TEST_F(ProgramTest, DoesNotCountARecordOnEachOfTheStreams) {
  plan.records_in = numbers_in;
  plan.command = "echo 1; echo 2; echo 3; echo read 1 >&2; echo read 2 >&2; exec sleep 1000";
  Program program(plan, recorder);
  EXPECT_TRUE(eventually([&] { return program.lines_with_records() == 5; }, 30s));
  EXPECT_EQ(program.records_shown(), 3u);
  program.stop(Ending::stopped);
}

TEST_F(ProgramTest, FindsItsFolderAndItsTemporaryFolder) {
  const History history = history_of("pwd; echo $TMPDIR");
  EXPECT_EQ(history.printed.at(0).value, folder.path().string());
  EXPECT_EQ(history.printed.at(1).value, (folder / "tmp").string());
}

// As at a terminal: line by line, and no line torn by another thread's.
TEST_F(ProgramTest, PrintsLineByLineInPython) {
  folder.write("lines.py", R"(
import os, sys, threading
def print_many(name):
    for number in range(500): print(name, number, "end")
threads = [threading.Thread(target=print_many, args=(name,)) for name in "abc"]
for thread in threads: thread.start()
for thread in threads: thread.join()
print([path for path in sys.path if "klab-python" in path], "sitecustomize" in sys.modules)
os._exit(0)
)");
  const History history = history_of("python3 lines.py");
  ASSERT_EQ(history.printed.size(), 1501u);
  for (const PrintedLine& line : history.printed)
    EXPECT_TRUE(line.value.ends_with(" end") || line.value == "[] True") << line.value;
}

TEST_F(ProgramTest, IsNotToldTheGradersSecrets) {
  setenv("AWS_SECRET_ACCESS_KEY", "klab-test-secret", 1);
  history_of("env");
  unsetenv("AWS_SECRET_ACCESS_KEY");
  const std::string printed = text_of(folder / "consumer-1.out");
  EXPECT_NE(printed.find("PATH="), std::string::npos);
  EXPECT_EQ(printed.find("klab-test-secret"), std::string::npos);
}

TEST_F(ProgramTest, IsTheGradersErrorWhenItsOutputCannotBeKept) {
  plan.output_folder = folder / "nowhere";
  EXPECT_THROW(Program(plan, recorder), HarnessError);
}

}  // namespace
}  // namespace klab
