// What every command owes its reader, those that come later included: a description for each flag, an
// example, exit codes where there are some to know, lines that fit a terminal.

#include <gtest/gtest.h>

#include <sstream>

#include "cli/klab_for_tests.hpp"

namespace klab {
namespace {

std::string output_of(const std::string& arguments) { return in_shell("/", "\"$klab\" " + arguments).output; }

/// The first words of the lines below "Subcommands:".
std::vector<std::string> commands() {
  std::istringstream lines(output_of("--help"));
  std::vector<std::string> commands;
  bool are_commands = false;
  for (std::string line; std::getline(lines, line);) {
    if (are_commands && !line.starts_with("  ")) break;
    std::string word;
    if (are_commands && line.size() > 2 && line[2] != ' ' && std::istringstream(line) >> word)
      commands.push_back(word);
    are_commands = are_commands || line.starts_with("Subcommands:");
  }
  return commands;
}

TEST(HelpOfKlab, ListsItsCommands) {
  EXPECT_GE(commands().size(), 7u);
  EXPECT_NE(output_of("--help").find("Exit codes:"), std::string::npos);
}

TEST(HelpOfKlab, IsNoSuccessWhereItCannotBeWritten) {
  const auto result = in_shell("/", "\"$klab\" --help >/dev/full");
  EXPECT_EQ(result.status.exit_code, 2);
  EXPECT_EQ(result.output, "klab: cannot write to stdout: No space left on device\n");
}

TEST(HelpOfCommands, DescribesEachFlag) {
  for (const std::string& command : commands()) {
    std::istringstream lines(output_of(command + " --help"));
    std::string line, before;
    while (std::getline(lines, line)) {
      // A flag too long for its column has its description on the next line.
      const bool is_flag = line.starts_with("  -") && line.find("  ", 4) == std::string::npos;
      if (!is_flag) continue;
      std::string next;
      std::getline(lines, next);
      EXPECT_TRUE(next.starts_with("          ")) << command << ": " << line;
    }
  }
}

TEST(HelpOfCommands, HasAnExample) {
  for (const std::string& command : commands()) {
    if (command == "judge") continue;  // whose help is an example of a history
    EXPECT_NE(output_of(command + " --help").find("\n  klab " + command), std::string::npos) << command;
  }
}

TEST(HelpOfCommands, FitsATerminal) {
  for (const std::string& command : commands()) {
    std::istringstream lines(output_of(command + " --help"));
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(line.size(), 130u) << command << ": " << line;
  }
}

}  // namespace
}  // namespace klab
