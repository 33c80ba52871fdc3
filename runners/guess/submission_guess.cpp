#include "runners/guess/submission_guess.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "runners/guess/arguments.hpp"
#include "runners/guess/commands.hpp"

namespace klab {
namespace {

/// "cd src && python3 producer.py": what is set for the program goes between.
std::string with_environment(const std::string& command, const std::string& environment) {
  const std::size_t last = command.rfind(" && ");
  const std::size_t at = last == std::string::npos ? 0 : last + 4;
  return command.substr(0, at) + environment + command.substr(at);
}

void say_untold(std::vector<std::string>& doubts, const std::string& file,
                const std::vector<std::string>& untold) {
  if (untold.empty()) return;
  std::vector<std::string> in_braces;
  for (const std::string& placeholder : untold) in_braces.push_back("{" + placeholder + "}");
  doubts.push_back(fmt::format("{}: cannot see how it is told {}", file, fmt::join(in_braces, ", ")));
}

}  // namespace

SubmissionGuess guess_submission(const std::filesystem::path& folder, const std::vector<std::string>& roles) {
  const FolderFiles files(folder);
  const RoleFiles chosen = choose_role_files(files, roles);
  const GuessedCommands commands = guess_commands(files, chosen.chosen);
  SubmissionGuess guess{.submission = {.folder = std::filesystem::canonical(folder)},
                        .doubts = chosen.doubts};
  for (const RoleFile& program : chosen.chosen) {
    const std::string file = program.name.string();
    const GuessedArguments arguments = guess_arguments(files, program, chosen.chosen);
    guess.programs.push_back({program.role, file});
    guess.submission.programs[program.role] =
        with_environment(commands.by_role.at(program.role), arguments.environment) + arguments.words;
    for (const std::string& doubt : arguments.doubts)
      guess.doubts.push_back(fmt::format("{}: {}", file, doubt));
    say_untold(guess.doubts, file, arguments.untold);
  }
  for (const std::string& role : roles)
    if (!guess.submission.has(role)) guess.missing.push_back(role);
  guess.submission.setup = fmt::format("{}", fmt::join(commands.setup, " && "));
  guess.setup_from = fmt::format("{}", fmt::join(commands.setup_from, ", "));
  for (const std::vector<std::string>* doubts : {&commands.doubts, &files.doubts()})
    guess.doubts.insert(guess.doubts.end(), doubts->begin(), doubts->end());
  return guess;
}

std::string manifest_of(const SubmissionGuess& guess) {
  nlohmann::ordered_json manifest = nlohmann::ordered_json::object();
  if (!guess.submission.setup.empty()) manifest["setup"] = guess.submission.setup;
  for (const GuessedProgram& program : guess.programs)
    manifest["programs"][program.role] = guess.submission.programs.at(program.role);
  return manifest.dump(2) + "\n";
}

std::string describe_programs(const SubmissionGuess& guess) {
  std::vector<std::string> programs;
  for (const GuessedProgram& program : guess.programs)
    programs.push_back(fmt::format("{} ({})", program.role, program.file));
  return fmt::format("{}", fmt::join(programs, ", "));
}

}  // namespace klab
