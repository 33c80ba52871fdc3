#pragma once

#include <map>
#include <string>
#include <vector>

#include "runners/guess/folder_files.hpp"
#include "runners/guess/role_files.hpp"

namespace klab {

/// How a folder's programs are made ready and started, arguments apart.
struct GuessedCommands {
  std::map<std::string, std::string> by_role = {};  ///< ".venv/bin/python producer.py"
  std::vector<std::string> setup = {};              ///< one after the other
  std::vector<std::string> setup_from = {};         ///< why: "requirements.txt"
  std::vector<std::string> doubts = {};
};

/// Looks at the build files beside the programs: requirements.txt, package.json, pom.xml, build.gradle,
/// go.mod, CMakeLists.txt, Makefile, *.csproj; where there is none, at what the programs import.
GuessedCommands guess_commands(const FolderFiles& files, const std::vector<RoleFile>& programs);

/// One language's share. The programs are all of it.
void add_python(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs);
void add_javascript(GuessedCommands& commands, const FolderFiles& files,
                    const std::vector<RoleFile>& programs);
void add_shell(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs);
void add_java(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs);
void add_go(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs);
void add_c_and_cpp(GuessedCommands& commands, const FolderFiles& files,
                   const std::vector<RoleFile>& programs);
void add_csharp(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs);

/// `path` as a word of a shell command; "." for the submission's own folder.
std::string path_word(const std::filesystem::path& path);

/// Said once, however many programs it holds for.
void add_once(std::vector<std::string>& texts, const std::string& text);

}  // namespace klab
