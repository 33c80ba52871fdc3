#include <csignal>
#include <filesystem>

#include "checks/errors.hpp"

#include "runners/process/is_alive.hpp"
#include "runners/program/program_in_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct SandboxedProgramTest : ProgramInFolder {
  SandboxedProgramTest() {
    std::filesystem::create_directories(plan.temporary_folder);
    plan.sandbox = SandboxPlan{
        .helper = KLAB_SANDBOX, .ports = {9092}, .writable = {plan.folder, plan.temporary_folder}};
    plan.serve = [this](std::vector<FileDescriptor> sockets) { served = std::move(sockets); };
  }

  std::vector<FileDescriptor> served;
};

TEST_F(SandboxedProgramTest, IsRecordedLikeAnyOther) {
  const History history = history_of("echo out; echo err >&2; exit 3");
  EXPECT_EQ(history.programs.at(0).exit_code, 3);
  EXPECT_EQ(history.programs[0].ending, Ending::exited);
  EXPECT_EQ(history.programs[0].last_words, "err\n");
  EXPECT_EQ(history.printed.size(), 2u);
  EXPECT_EQ(served.size(), 1u);
  EXPECT_EQ(run_of("kill -SEGV $$").signal, 0) << "the first run is still the first";
  EXPECT_EQ(recorder.history().programs.at(1).signal, SIGSEGV);
}

TEST_F(SandboxedProgramTest, EndsProperlyWhenItIsAskedTo) {
  const auto program = start("trap 'echo bye; exit 0' INT; echo ready; while :; do sleep 0.05; done");
  program->stop(Ending::stopped);
  EXPECT_TRUE(has_printed("bye"));
  EXPECT_EQ(recorder.history().programs.at(0).exit_code, 0);
  EXPECT_EQ(recorder.history().programs[0].ending, Ending::stopped);
}

TEST_F(SandboxedProgramTest, IsStoppedWithAllThatItStarted) {
  const auto program =
      start("setsid sh -c 'while :; do date +%N >beat; sleep 0.01; done' & echo ready; wait");
  const std::filesystem::path beat = folder / "beat";
  ASSERT_TRUE(eventually([&] { return !text_of(beat).empty(); }, 30s));
  program->stop(Ending::stopped);
  std::filesystem::remove(beat);
  EXPECT_FALSE(eventually([&] { return std::filesystem::exists(beat); }, 200ms)) << "somebody lives on";
}

TEST_F(SandboxedProgramTest, IsRecordedWithTheLimitThatItWentOver) {
  plan.sandbox->limits.memory = 50 << 20;
  const ProgramRun run = run_of("perl -e '$x = \"x\" x 100_000_000; sleep 1000'");
  EXPECT_EQ(run.ending, Ending::limit);
  EXPECT_NE(run.limit.find("of memory"), std::string::npos) << run.limit;
  EXPECT_NE(describe_ending(run).find(run.limit), std::string::npos);
}

TEST_F(SandboxedProgramTest, IsTheGradersErrorWhereThereIsNoSandbox) {
  plan.sandbox->writable.push_back(folder / "not there");
  EXPECT_THROW(Program(plan, recorder), HarnessError);
  EXPECT_TRUE(recorder.history().programs.empty());
}

}  // namespace
}  // namespace klab
