#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/submission/submission.hpp"

namespace klab {

/// What a program was guessed from.
struct GuessedProgram {
  std::string role = {};
  std::string file = {};  ///< relative to the folder
};

/// What a folder without submission.json seems to be. A guess: names of files decide who plays which role,
/// build files how it is made ready, source texts what it is told.
struct SubmissionGuess {
  Submission submission = {};                 ///< without programs where no file has a role's name
  std::vector<GuessedProgram> programs = {};  ///< in the order of the roles
  std::string setup_from = {};                ///< "requirements.txt"; empty without a setup
  std::vector<std::string> missing = {};      ///< roles that no file's name stands for
  std::vector<std::string> doubts = {};  ///< one sentence each: what klab is not sure of, or could not tell
};

/// Looks at the folder for programs of these roles; runs nothing. Throws BadInput for a folder that is none
/// or cannot be read.
SubmissionGuess guess_submission(const std::filesystem::path& folder, const std::vector<std::string>& roles);

/// The manifest that says the same, as a person would write it; programs in the order of the guess.
std::string manifest_of(const SubmissionGuess& guess);

/// "producer (producer.py), consumer (consumer.py)".
std::string describe_programs(const SubmissionGuess& guess);

}  // namespace klab
