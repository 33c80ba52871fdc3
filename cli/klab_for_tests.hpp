#pragma once

#include <string>
#include <vector>

#include "runners/process/run_command.hpp"

namespace klab {

/// Runs a shell command in a folder, stdout and stderr together; "$klab" in it is the built command.
inline CommandResult in_shell(const std::filesystem::path& folder, const std::string& command,
                              const std::string& shell = "/bin/sh") {
  return run_command(
      {"/usr/bin/env", "klab=" KLAB_EXECUTABLE, shell, "-c", "cd \"$0\" && " + command, folder.string()},
      std::chrono::seconds(30));
}

}  // namespace klab
