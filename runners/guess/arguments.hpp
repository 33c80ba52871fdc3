#pragma once

#include <string>
#include <vector>

#include "runners/guess/folder_files.hpp"
#include "runners/guess/role_files.hpp"

namespace klab {

/// How a program is told where the broker is, which topic to use and the like, as far as its source text
/// tells.
struct GuessedArguments {
  std::string environment = {};          ///< "TOPIC={topic} ", before the command; empty where nothing is set
  std::string words = {};                ///< " -f {config} -t {topic}", after it
  std::vector<std::string> doubts = {};  ///< "-f is taken for the configuration file"
  std::vector<std::string> untold = {};  ///< placeholders that its role needs and that nothing was found for
};

/// Looks in a program's source, and in the files of the same folder that it names, for flags (argparse,
/// click, commander, getopt, flag, commons-cli and whatever else has "--topic" in its text), for arguments by
/// position, and for environment variables. Names decide what stands for what; of letters alone -f, -t, -g,
/// -k and -d are taken as Confluent's examples have them. Another of `programs` is read only where that finds
/// nothing: a consumer may well have a variable called producer, and flags of its own.
GuessedArguments guess_arguments(const FolderFiles& files, const RoleFile& program,
                                 const std::vector<RoleFile>& programs);

/// The placeholders that a program of this role is to be given: "topic", "group" ..
std::vector<std::string> placeholders_for(const std::string& role);

}  // namespace klab
