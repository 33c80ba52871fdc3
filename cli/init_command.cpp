#include "cli/init_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "checks/errors.hpp"
#include "cli/installation.hpp"
#include "cli/loaded_submission.hpp"
#include "cli/whole_file.hpp"
#include "runners/guess/submission_guess.hpp"
#include "runners/program/command_line.hpp"
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

void say_programs(const SubmissionGuess& guess) {
  fmt::print("Programs, by the names of the files:\n");
  for (const GuessedProgram& program : guess.programs)
    fmt::print("  {:<22}  {}\n  {:<22}  {}\n", program.role, program.file, "",
               guess.submission.programs.at(program.role));
  if (!guess.submission.setup.empty())
    fmt::print("Setup, from {}:\n  {}\n", guess.setup_from, guess.submission.setup);
}

void say_sections(const Lab& lab, const Submission& submission) {
  fmt::print("Sections of the lab {}:\n", lab.title);
  for (const PlannedSection& section : lab.sections)
    fmt::print("  {}  {:<34}  {}{}\n", section.id, section.title, attempted(section, submission),
               section.is_optional && !submission.has(section.roles.front()) ? " (optional)" : "");
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
  fmt::print("Wrote {}, a guess: look it through.\n\n", manifest.string());
  say_programs(guess);
  if (!guess.doubts.empty()) fmt::print("Not sure:\n  {}\n", fmt::join(guess.doubts, "\n  "));
  if (!guess.missing.empty())
    fmt::print(
        "No file has the name of a program for: {}.\nOne program may play several roles, with other flags: "
        "add its lines by hand.\n",
        fmt::join(guess.missing, ", "));
  say_sections(lab, guess.submission);
  fmt::print("\nNext: klab check {}\n", shell_word(options.folder.string()));
}

}  // namespace klab
