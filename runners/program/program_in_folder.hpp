#pragma once

#include <gtest/gtest.h>

#include "runners/process/test_folder.hpp"
#include "runners/program/program.hpp"

namespace klab {

/// For tests of Program: a shell command as the program "consumer-1" in the test's own folder.
struct ProgramInFolder : testing::Test {
  /// What was recorded of a program that ends by itself.
  History history_of(const std::string& command) {
    plan.command = command;
    Program program(plan, recorder);
    EXPECT_TRUE(program.wait(std::chrono::seconds(30)));
    program.stop(Ending::stopped);
    return recorder.history();
  }

  ProgramRun run_of(const std::string& command) { return history_of(command).programs.at(0); }

  /// Starts one that does not, and waits until it has said that it is `ready`.
  std::unique_ptr<Program> start(const std::string& command) {
    plan.command = command;
    auto program = std::make_unique<Program>(plan, recorder);
    EXPECT_TRUE(has_printed("ready")) << command;
    return program;
  }

  bool has_printed(const std::string& text) {
    const auto is_printed = [&] {
      for (const PrintedLine& line : recorder.history().printed)
        if (line.value == text) return true;
      return false;
    };
    return eventually(is_printed, std::chrono::seconds(30));
  }

  TestFolder folder;
  Recorder recorder{History{}};
  ProgramPlan plan{.name = "consumer-1",
                   .role = "consumer",
                   .command = "true",
                   .folder = folder.path(),
                   .temporary_folder = folder / "tmp",
                   .output_folder = folder.path(),
                   .records_in = [](std::string_view) { return std::vector<std::size_t>(); }};
};

}  // namespace klab
