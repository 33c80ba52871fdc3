#pragma once

#include <filesystem>
#include <string>

#include "cli/installation.hpp"
#include "fixtures/play_plan.hpp"

namespace klab {

/// Where a run's programs run.
struct ChosenSandbox {
  SandboxChoice choice = {};
  std::string description = {};  ///< "namespaces of this machine", "none"
  std::string note = {};         ///< what the report must say of it; empty where programs are shut in
};

/// `namespace` and `none` as asked; `auto` takes namespaces where the kernel gives them. What the programs
/// must not see is the grader's: its installation, its cache and `run`. Throws HarnessError when what was
/// asked for is not to be had.
ChosenSandbox choose_sandbox(const std::string& asked, const Installation& installation,
                             const std::filesystem::path& run);

}  // namespace klab
