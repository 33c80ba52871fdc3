#include "cli/usage_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace klab {
namespace {

constexpr std::size_t kMostWrong = 2;

/// How many letters are wrong, missing, too many or exchanged with their neighbour.
std::size_t distance_between(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> least(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        least[i][j] = i + j;
        continue;
      }
      const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
      least[i][j] = std::min({least[i - 1][j] + 1, least[i][j - 1] + 1, least[i - 1][j - 1] + wrong});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        least[i][j] = std::min(least[i][j], least[i - 2][j - 2] + 1);
    }
  return least[a.size()][b.size()];
}

/// The innermost command that was recognised.
const CLI::App& command_in_use(const CLI::App& app) {
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? app : command_in_use(*parsed.front());
}

std::string full_name(const CLI::App& command) {
  return command.get_parent() == nullptr ? command.get_name()
                                         : full_name(*command.get_parent()) + " " + command.get_name();
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({}))
    if (!command->get_group().empty()) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> flags_of(const CLI::App& command) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
  }
  return flags;
}

/// What is wrong with the first word that no command and no flag takes.
std::string about_extra(const CLI::App& command, const std::string& word) {
  if (word.starts_with('-')) {
    const std::string flag = word.substr(0, word.find('='));
    return fmt::format("{}: {} has no such flag{}", flag, full_name(command),
                       did_you_mean(flag, flags_of(command)));
  }
  const std::vector<std::string> commands = commands_of(command);
  if (!commands.empty()) return fmt::format("{}: no such command{}", word, did_you_mean(word, commands));
  return fmt::format("{}: more than {} takes", word, full_name(command));
}

std::string about(const CLI::App& command, const CLI::ParseError& error,
                  const std::vector<std::string>& extras) {
  const bool lacks_command = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) &&
                             !commands_of(command).empty();
  if (!extras.empty() &&
      (lacks_command || error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)))
    return about_extra(command, extras.front());
  if (lacks_command) return fmt::format("expected a command: {}", fmt::join(commands_of(command), ", "));
  return error.what();
}

}  // namespace

std::string nearest_word(const std::string& word, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t least = kMostWrong + 1;
  for (const std::string& other : known)
    if (const std::size_t distance = distance_between(word, other);
        distance < least && 3 * distance < std::max(word.size(), other.size())) {
      nearest = other;
      least = distance;
    }
  return nearest;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest_word(word, known);
  return near.empty() ? "" : fmt::format("; did you mean {}?", near);
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = command_in_use(app);
  return fmt::format("{}; see {} --help", about(command, error, app.remaining(true)), full_name(command));
}

}  // namespace klab
