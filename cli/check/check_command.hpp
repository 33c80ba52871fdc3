#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/github_job.hpp"
#include "reports/run_result.hpp"
#include "reports/view.hpp"

namespace klab {

struct CheckOptions {
  std::filesystem::path submission = ".";
  std::string lab = "data_transport";
  std::vector<std::string> sections = {};  ///< ids; all when empty
  std::string broker = "auto";             ///< auto, process or container
  std::string sandbox = "auto";            ///< auto, namespace or none
  std::filesystem::path out = {};          ///< the run directory; klab-runs/<lab>-<time> when empty
  std::optional<std::uint64_t> seed = {};
  View view = View::staff;                ///< what is printed, returned and told to a job
  std::filesystem::path gradescope = {};  ///< where Gradescope wants its results.json; nowhere when empty
  GithubJob github = {};
  bool json = false;  ///< the outcome as one JSON document on stdout, in place of the report
  std::vector<std::filesystem::path> hidden = {};  ///< what sandboxed programs must not see either
  std::filesystem::path house = {};  ///< the folder of a BrokerHouse that is lent to it; its own when empty
};

/// Grades a submission: plays the sections side by side, reports, and returns what came of it. Throws
/// BadInput before anything was run, HarnessError when the grader cannot start, Interrupted when the user
/// stops it; by then the run directory holds what was judged. The run directory has everything, whatever the
/// view; the file for Gradescope is there before anything else, and stays valid whatever happens.
RunResult check(const CheckOptions& options);

}  // namespace klab
