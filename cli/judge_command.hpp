#pragma once

#include <filesystem>

namespace klab {

struct JudgeOptions {
  std::filesystem::path history = {};
  std::filesystem::path policy = {};  ///< none when empty
};

/// Judges a history by all checks of the catalogue and prints what they say as JSON. Returns the exit code: 0
/// nothing is refuted and the history holds what the policy requires; 1 something is refuted; 2 nothing is
/// refuted, but it does not hold that, or nothing that could be judged. Throws BadInput for a malformed file.
int judge(const JudgeOptions& options);

}  // namespace klab
