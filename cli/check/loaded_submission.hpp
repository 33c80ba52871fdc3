#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/submission/submission.hpp"
#include "specs/lab.hpp"

namespace klab {

/// A submission, by its manifest or by a guess.
struct LoadedSubmission {
  Submission submission = {};
  std::vector<std::string> notes = {};  ///< what was guessed; empty where there is a manifest
};

/// Reads DIR/submission.json; where there is none, guesses from the names of the files and says so in the
/// notes. Throws BadInput for a malformed manifest, and where there is nothing to guess from.
LoadedSubmission load_or_guess(const std::filesystem::path& folder, const Lab& lab);

/// Every section's roles, in the lab's order, each once.
std::vector<std::string> roles_of(const Lab& lab);

}  // namespace klab
