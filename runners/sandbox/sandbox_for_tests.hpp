#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>

#include <memory>

#include "runners/process/child_process.hpp"
#include "runners/process/test_folder.hpp"
#include "runners/sandbox/sandbox.hpp"

namespace klab {

/// For tests: a command that runs in a sandbox, its output in a file.
struct SandboxedCommand {
  SandboxedCommand(const SandboxPlan& plan, const std::vector<std::string>& argv,
                   const std::filesystem::path& output, const std::filesystem::path& working_folder)
      : sandbox(plan),
        out(open(output.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644)),
        child({.argv = sandbox.around(argv),
               .environment = own_environment(),
               .folder = working_folder,
               .out = out.get(),
               .err = out.get(),
               .inherited = sandbox.inherited()}),
        listeners(sandbox.listeners(std::chrono::seconds(30))) {
    sandbox.go();
  }

  Sandbox sandbox;
  FileDescriptor out;
  ChildProcess child;
  std::vector<FileDescriptor> listeners;
};

struct SandboxTest : testing::Test {
  /// Starts a shell script in a sandbox as planned.
  std::unique_ptr<SandboxedCommand> start(const std::string& script) {
    return std::make_unique<SandboxedCommand>(plan, std::vector<std::string>{"/bin/bash", "-c", script},
                                              folder / "output", working_folder);
  }

  ExitStatus status_of(const std::string& script) {
    const auto command = start(script);
    EXPECT_TRUE(command->child.wait(std::chrono::seconds(30))) << script;
    return command->child.finish();
  }

  /// What a script prints in a sandbox until it ends.
  std::string output_of(const std::string& script) {
    status_of(script);
    return output();
  }

  std::string output() const { return text_of(folder / "output"); }

  bool prints(const std::string& text) const {
    return eventually([&] { return output().find(text) != std::string::npos; }, std::chrono::seconds(30));
  }

  TestFolder folder;  // lies in /tmp: not to be seen inside unless planned
  SandboxPlan plan{.helper = KLAB_SANDBOX};
  std::filesystem::path working_folder = "/";
};

}  // namespace klab
