#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "runners/submission/submission.hpp"

namespace klab {

/// A copy of a submission in klab's cache in which `setup` has run. The same content is set up once, whoever
/// asks.
struct PreparedSubmission {
  /// `setup` ran here; its results may hold this path, so it is never moved
  std::filesystem::path folder = {};
  std::string digest = {};
  bool was_cached = false;
  std::string failure = {};       ///< "setup ended with exit code 1 .."; empty when it went well
  std::string setup_output = {};  ///< its end, when it failed
};

/// Waits for another klab that prepares the same content. A setup that fails is the submission's fault and
/// not cached. Throws HarnessError when the copy cannot be made, Interrupted.
PreparedSubmission prepare(const Submission& submission, const std::filesystem::path& cache,
                           std::chrono::seconds setup_deadline = std::chrono::minutes(10));

/// Makes a program's working folder: copies of the submission's own files, so that nothing a program writes
/// reaches another run, and links to what `setup` made (a virtual environment, a build folder).
void lay_out_working_folder(const PreparedSubmission& prepared, const Submission& submission,
                            const std::filesystem::path& folder);

}  // namespace klab
