// Programs that an interpreter runs: Python, JavaScript, the shell.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <regex>

#include "runners/guess/commands.hpp"
#include "runners/submission/command_line.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

/// What programs import, and what is installed for it.
constexpr std::array<std::pair<const char*, const char*>, 4> kPythonClients{
    std::pair{"confluent_kafka", "confluent-kafka"}, std::pair{"kafka", "kafka-python"},
    std::pair{"aiokafka", "aiokafka"}, std::pair{"quixstreams", "quixstreams"}};
constexpr std::array<const char*, 3> kNodeClients{"kafkajs", "@confluentinc/kafka-javascript",
                                                  "node-rdkafka"};

/// A program that looks for its sample beside itself is started there.
struct Place {
  fs::path folder = {};  ///< empty: the submission's own
  fs::path program = {};

  Place(const FolderFiles& files, const fs::path& name) : program(name) {
    const fs::path beside = name.parent_path();
    if (beside.empty() || files.has("bcsample.json") || !files.has(beside / "bcsample.json")) return;
    folder = beside;
    program = name.filename();
  }

  std::string command(const std::string& interpreter) const {
    const std::string run = fmt::format("{} {}", interpreter, path_word(program));
    return folder.empty() ? run : fmt::format("cd {} && {}", path_word(folder), run);
  }

  /// A path of the submission, as seen from where the program is started.
  std::string seen(const fs::path& path) const {
    return path_word(path.lexically_relative(folder.empty() ? "." : folder));
  }
};

/// The packages of Kafka clients that the folder's sources import.
std::vector<std::string> imported_python_clients(const FolderFiles& files) {
  std::vector<std::string> packages;
  for (const auto& [module, package] : kPythonClients) {
    const std::regex imported(fmt::format("(^|\\n)\\s*(import|from)\\s+{}\\b", module));
    for (const fs::path& name : files.names())
      if (name.extension() == ".py" && !files.has(fmt::format("{}.py", module)) &&
          std::regex_search(files.text(name), imported))
        add_once(packages, package);
  }
  return packages;
}

/// Whether pip can install what is there. A list of dependencies beside single scripts, as "uv init" and
/// linters leave it, is none: pip takes it for a package of setuptools, and fails at the first second script.
bool is_python_package(const FolderFiles& files, const fs::path& name) {
  if (name.filename() != "pyproject.toml" || files.has(name.parent_path() / "setup.py")) return true;
  const std::string text = files.text(name);
  static const std::regex kNoPackage(R"(package(-mode)?\s*=\s*false)");
  return text.find("[build-system]") != std::string::npos && !std::regex_search(text, kNoPackage);
}

std::vector<std::string> imported_node_clients(const FolderFiles& files, const fs::path& name) {
  const std::string text = files.text(name);
  std::vector<std::string> packages;
  for (const char* package : kNodeClients)
    if (text.find(fmt::format("'{}'", package)) != std::string::npos ||
        text.find(fmt::format("\"{}\"", package)) != std::string::npos)
      add_once(packages, package);
  return packages;
}

void add_npm(GuessedCommands& commands, const FolderFiles& files, const RoleFile& program) {
  const fs::path package = files.nearest(program.name.parent_path(), {"package.json"});
  if (package.empty()) {
    const std::vector<std::string> clients = imported_node_clients(files, program.name);
    if (clients.empty()) return;
    add_once(commands.setup, fmt::format("npm init -y >npm.log && npm install --no-audit --no-fund {}",
                                         fmt::join(clients, " ")));
    add_once(commands.setup_from, "what the programs import, as there is no package.json");
    return;
  }
  const fs::path folder = package.parent_path();
  const std::string there = folder.empty() ? "" : fmt::format(" --prefix {}", path_word(folder));
  if (files.has(folder / "package-lock.json")) {
    add_once(commands.setup, fmt::format("npm ci --omit=dev --no-audit --no-fund{}", there));
    add_once(commands.setup_from, (folder / "package-lock.json").string());
  } else {
    add_once(commands.setup,
             fmt::format("npm install --omit=dev --no-package-lock --no-audit --no-fund{}", there));
    add_once(commands.setup_from, package.string());
  }
}

}  // namespace

void add_python(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs) {
  std::vector<std::string> installed;
  for (const RoleFile& program : programs) {
    const fs::path found =
        files.nearest(program.name.parent_path(), {"requirements.txt", "pyproject.toml", "setup.py"});
    if (found.empty()) continue;
    if (!is_python_package(files, found)) {
      add_once(
          commands.doubts,
          fmt::format("{} describes no package: whatever the programs need besides a Kafka client has to "
                      "be added to setup",
                      found.string()));
      continue;
    }
    add_once(installed, found.filename() == "requirements.txt" ? "-r " + path_word(found)
                                                               : path_word(found.parent_path()));
    add_once(commands.setup_from, found.string());
  }
  if (installed.empty()) {
    installed = imported_python_clients(files);
    if (!installed.empty())
      commands.setup_from.push_back("what the programs import, as there is no requirements.txt");
  }
  if (!installed.empty())
    commands.setup.push_back(
        fmt::format("python3 -m venv .venv && .venv/bin/pip install --quiet {}", fmt::join(installed, " ")));
  for (const RoleFile& program : programs) {
    const Place place(files, program.name);
    commands.by_role[program.role] =
        place.command(installed.empty() ? "python3" : place.seen(".venv/bin/python"));
  }
}

void add_javascript(GuessedCommands& commands, const FolderFiles& files,
                    const std::vector<RoleFile>& programs) {
  for (const RoleFile& program : programs) {
    add_npm(commands, files, program);
    commands.by_role[program.role] = Place(files, program.name).command("node");
  }
}

void add_shell(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs) {
  for (const RoleFile& program : programs) {
    const std::string text = files.text(program.name);
    const bool is_bash =
        program.name.extension() == ".bash" ||
        (text.starts_with("#!") && text.substr(0, text.find('\n')).find("bash") != std::string::npos);
    commands.by_role[program.role] = Place(files, program.name).command(is_bash ? "bash" : "sh");
  }
}

}  // namespace klab
