// Programs that are compiled for this machine: Go, C, C++.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <regex>
#include <sstream>

#include "runners/guess/commands.hpp"
#include "runners/submission/command_line.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

std::string in_regex(const std::string& text) {
  static const std::regex kSpecial(R"([.^$|()\[\]{}*+?\\])");
  return std::regex_replace(text, kSpecial, R"(\$&)");
}

/// From the folder of go.mod: "./cmd/producer", or "producer.go" where several programs share a folder.
std::string go_package(const RoleFile& program, const fs::path& module) {
  const fs::path name = program.name.lexically_relative(module.empty() ? "." : module);
  if (name.stem() != "main") return shell_word(name.string());
  return shell_word("./" + name.parent_path().string());
}

/// The target that a CMakeLists.txt makes of this source, else the source's own name.
std::string cmake_target(GuessedCommands& commands, const FolderFiles& files, const fs::path& lists,
                         const fs::path& source) {
  const std::string text = files.text(lists);
  const std::string stem = source.stem().string();
  for (std::size_t at = text.find("add_executable"); at != std::string::npos;
       at = text.find("add_executable", at + 1)) {
    std::string call = text.substr(at, text.find(')', at) - at);
    std::ranges::replace_if(
        call, [](char c) { return c == '(' || c == '"' || c == '/'; }, ' ');
    std::istringstream words(call);
    std::string word, target;
    words >> word >> target;
    while (words >> word)
      if (word == source.filename().string() && target.find('$') == std::string::npos) return target;
  }
  if (text.find(stem) == std::string::npos)
    add_once(commands.doubts, fmt::format("{} does not name {}: its target is taken to be {}", lists.string(),
                                          source.string(), stem));
  return stem;
}

std::string by_cmake(GuessedCommands& commands, const FolderFiles& files, const RoleFile& program,
                     const fs::path& lists) {
  // The project is the uppermost CMakeLists.txt in a row; a target's folder in the build is that of its own.
  fs::path top = lists.parent_path();
  while (!top.empty() && files.has(top.parent_path() / "CMakeLists.txt")) top = top.parent_path();
  const fs::path build = top / "build";
  add_once(commands.setup, fmt::format("cmake -S {} -B {} -DCMAKE_BUILD_TYPE=Release && cmake --build {}",
                                       path_word(top), path_word(build), path_word(build)));
  add_once(commands.setup_from, lists.string());
  const fs::path below = lists.parent_path().lexically_relative(top.empty() ? "." : top);
  const std::string target = cmake_target(commands, files, lists, program.name);
  return path_word((build / below / target).lexically_normal());
}

std::string by_make(GuessedCommands& commands, const FolderFiles& files, const RoleFile& program,
                    const fs::path& makefile) {
  const fs::path folder = makefile.parent_path();
  add_once(commands.setup, folder.empty() ? "make" : fmt::format("make -C {}", path_word(folder)));
  add_once(commands.setup_from, makefile.string());
  const std::string stem = program.name.stem().string();
  const std::string text = files.text(makefile);
  const std::regex target(R"re((?:^|[\s=])((?:[\w.-]{1,60}/){0,6})re" + in_regex(stem) +
                          R"re()(?=[\s:]|$))re");
  std::smatch found;
  const bool is_named = std::regex_search(text, found, target);
  if (!is_named)
    add_once(commands.doubts,
             fmt::format("{} does not name {}: it is taken to be made there", makefile.string(), stem));
  const fs::path made = folder / (is_named ? found[1].str() : stem);
  return path_word(made.has_parent_path() ? made : "." / made);
}

std::string by_compiler(GuessedCommands& commands, const RoleFile& program) {
  const fs::path made = fs::path("bin") / program.role;
  add_once(commands.setup, "mkdir -p bin");
  const bool is_c = program.language == SourceLanguage::c;
  commands.setup.push_back(fmt::format("{} -O2 -o {} {} {}-lrdkafka", is_c ? "cc" : "c++ -std=c++17",
                                       path_word(made), path_word(program.name), is_c ? "" : "-lrdkafka++ "));
  add_once(commands.setup_from, "the sources, as there is neither CMakeLists.txt nor Makefile");
  return path_word(made);
}

}  // namespace

void add_go(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs) {
  std::map<fs::path, std::vector<std::string>> builds;  // by the folder of go.mod
  bool has_module = true;
  for (const RoleFile& program : programs) {
    const fs::path module = files.nearest(program.name.parent_path(), {"go.mod"});
    has_module = has_module && !module.empty();
    const fs::path folder = module.parent_path();
    builds[folder].push_back(fmt::format("go build -o {} {}", path_word(fs::path("bin") / program.role),
                                         go_package(program, folder)));
    add_once(commands.setup_from, module.empty() ? "the Go sources, as there is no go.mod" : module.string());
    commands.by_role[program.role] = path_word(folder / "bin" / program.role);
  }
  if (!has_module) builds[""].insert(builds[""].begin(), "go mod init lab && go mod tidy");
  for (const auto& [folder, steps] : builds) {
    const std::string all = fmt::format("{}", fmt::join(steps, " && "));
    commands.setup.push_back(folder.empty() ? all : fmt::format("(cd {} && {})", path_word(folder), all));
  }
}

void add_c_and_cpp(GuessedCommands& commands, const FolderFiles& files,
                   const std::vector<RoleFile>& programs) {
  for (const RoleFile& program : programs) {
    const fs::path build =
        files.nearest(program.name.parent_path(), {"CMakeLists.txt", "Makefile", "makefile", "GNUmakefile"});
    commands.by_role[program.role] = build.empty() ? by_compiler(commands, program)
                                     : build.filename() == "CMakeLists.txt"
                                         ? by_cmake(commands, files, program, build)
                                         : by_make(commands, files, program, build);
  }
}

}  // namespace klab
