#include "cli/init_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "checks/errors.hpp"
#include "cli/check/loaded_submission.hpp"
#include "cli/installation.hpp"
#include "reports/printable.hpp"
#include "runners/guess/submission_guess.hpp"
#include "runners/submission/command_line.hpp"
#include "runners/whole_file.hpp"
#include "specs/lab.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

std::string attempted(const PlannedSection& section, const Submission& submission) {
  std::size_t judged = 0, with_roles = 0;
  std::vector<std::string> missing;
  for (const PlannedProperty& property : section.properties) {
    if (property.roles.empty()) continue;
    ++with_roles;
    bool is_complete = true;
    for (const std::string& role : property.roles)
      if (!submission.has(role)) {
        is_complete = false;
        if (std::ranges::find(missing, role) == missing.end()) missing.push_back(role);
      }
    if (is_complete) ++judged;
  }
  if (missing.empty()) return "attempted";
  return fmt::format("{}: no {}", judged == 0 ? "not attempted" : "attempted in part",
                     fmt::join(missing, ", no "));
}

std::string programs_text(const SubmissionGuess& guess) {
  std::string text = "Programs, by the names of the files:\n";
  for (const GuessedProgram& program : guess.programs)
    text += fmt::format("  {:<22}  {}\n  {:<22}  {}\n", program.role, program.file, "",
                        guess.submission.programs.at(program.role));
  if (!guess.submission.setup.empty())
    text += fmt::format("Setup, from {}:\n  {}\n", guess.setup_from, guess.submission.setup);
  return text;
}

std::string doubts_text(const SubmissionGuess& guess) {
  std::string text;
  if (!guess.doubts.empty()) text += fmt::format("Not sure:\n  {}\n", fmt::join(guess.doubts, "\n  "));
  if (!guess.missing.empty())
    text += fmt::format(
        "No file has the name of a program for: {}.\n"
        "One program may play several roles, with other flags: add its lines by hand.\n",
        fmt::join(guess.missing, ", "));
  return text;
}

std::string sections_text(const Lab& lab, const Submission& submission) {
  std::string text = fmt::format("Sections of the lab {}:\n", lab.title);
  for (const PlannedSection& section : lab.sections)
    text += fmt::format("  {}  {:<34}  {}{}\n", section.id, section.title, attempted(section, submission),
                        section.is_optional && !submission.has(section.roles.front()) ? " (optional)" : "");
  return text;
}

}  // namespace

void init(const InitOptions& options) {
  const Lab lab = load_lab(find_installation().lab_file(options.lab));
  const SubmissionGuess guess = guess_submission(options.folder, roles_of(lab));
  const fs::path manifest = options.folder / "submission.json";
  std::error_code ignored;
  if (!options.force && fs::symlink_status(manifest, ignored).type() != fs::file_type::not_found)
    throw BadInput(fmt::format("{}: is there already; --force writes it anew", manifest.string()));
  if (guess.programs.empty())
    throw BadInput(fmt::format(
        "{}: no program found{}{}; expected files named after their roles, such as producer.py",
        options.folder.string(), guess.doubts.empty() ? "" : ": ", fmt::join(guess.doubts, "; ")));
  try {
    replace_whole_file(manifest, manifest_of(guess));
  } catch (const HarnessError& error) {
    throw BadInput(error.what());
  }
  // Names of files are the student's: a terminal must not obey them.
  fmt::print("{}", visible_text(fmt::format(
                       "Wrote {}, a guess: look it through.\n\n{}{}{}\nNext: klab check {}\n",
                       manifest.string(), programs_text(guess), doubts_text(guess),
                       sections_text(lab, guess.submission), shell_word(options.folder.string()))));
}

}  // namespace klab
