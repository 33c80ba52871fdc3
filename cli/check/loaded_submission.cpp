#include "cli/check/loaded_submission.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/errors.hpp"
#include "checks/json/utf8.hpp"
#include "runners/guess/submission_guess.hpp"
#include "runners/submission/command_line.hpp"

namespace klab {

namespace fs = std::filesystem;

std::vector<std::string> roles_of(const Lab& lab) {
  std::vector<std::string> roles;
  for (const PlannedSection& section : lab.sections)
    for (const std::string& role : section.roles)
      if (std::ranges::find(roles, role) == roles.end()) roles.push_back(role);
  return roles;
}

LoadedSubmission load_or_guess(const fs::path& folder, const Lab& lab) {
  std::error_code ignored;
  // What is handed to a spec, and what reports say, is JSON.
  if (const std::string path = fs::absolute(folder, ignored).string(); !is_utf8(path))
    throw BadInput(fmt::format("{}: its name is not UTF-8; expected a folder with another name", path));
  // A manifest that cannot be read, and a link to none, are there.
  const bool is_there =
      fs::symlink_status(folder / "submission.json", ignored).type() != fs::file_type::not_found;
  if (is_there && fs::is_directory(folder, ignored)) return {.submission = load_submission(folder)};
  const SubmissionGuess guess = guess_submission(folder, roles_of(lab));
  if (guess.programs.empty())
    throw BadInput(fmt::format(
        "{}: not found, and no file is named after a role, such as producer.py; klab init --help says more",
        (folder / "submission.json").string()));
  LoadedSubmission loaded{.submission = guess.submission};
  loaded.notes.push_back(fmt::format("no submission.json: guessed {}; klab init {} keeps it",
                                     describe_programs(guess), shell_word(folder.string())));
  if (!guess.setup_from.empty())
    loaded.notes.push_back(
        fmt::format("guessed setup from {}: {}", guess.setup_from, guess.submission.setup));
  for (const std::string& doubt : guess.doubts) loaded.notes.push_back("guessing: " + doubt);
  return loaded;
}

}  // namespace klab
