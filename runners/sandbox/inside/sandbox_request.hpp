#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/sandbox/sandbox_limits.hpp"

namespace klab {

/// The command line of klab-sandbox; sandbox.hpp says what the parts mean.
struct SandboxRequest {
  int control = -1;
  std::vector<std::uint16_t> ports = {};
  std::vector<std::filesystem::path> writable = {}, readable = {}, overlays = {}, hidden = {};
  SandboxLimits limits = {};
  std::filesystem::path task_cap = {};  ///< the folder of a TaskCap; empty where there is none
  int niceness = 0;                     ///< of the program: klab's, which is not on the command line
  std::vector<std::string> command = {};
};

/// Reads the command line; what comes after "--" is the program's. Throws Refusal when it makes no sense.
SandboxRequest read_request(const std::vector<std::string>& arguments);

}  // namespace klab
