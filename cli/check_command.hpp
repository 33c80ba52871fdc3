#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "reports/run_result.hpp"

namespace klab {

struct CheckOptions {
  std::filesystem::path submission = ".";
  std::string lab = "data_transport";
  std::vector<std::string> sections = {};  ///< ids; all when empty
  std::string broker = "auto";             ///< auto, process or container
  std::string sandbox = "auto";            ///< auto, namespace or none
  std::filesystem::path out = {};          ///< the run directory; klab-runs/<lab>-<time> when empty
  std::optional<std::uint64_t> seed = {};
};

/// Grades a submission: plays the sections side by side, reports, and returns what came of it. Throws
/// BadInput before anything was run, HarnessError when the grader cannot start, Interrupted when the user
/// stops it; by then the run directory holds what was judged.
RunResult check(const CheckOptions& options);

}  // namespace klab
