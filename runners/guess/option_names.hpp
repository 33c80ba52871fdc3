#pragma once

#include <string>
#include <vector>

#include "runners/guess/role_files.hpp"

namespace klab {

/// One way to tell a program something: a flag with all of its spellings, or an environment variable.
struct DeclaredOption {
  std::vector<std::string> spellings = {};  ///< "-t", "--topic", as a command line has them
  std::vector<std::string> names = {};      ///< what else it is called in the source: dest="config_file"
};

/// The flags that a source text declares or looks for, in the order of the text.
std::vector<DeclaredOption> declared_options(const std::string& source);

/// The arguments by position that it reads: for each, counted from 1, the name that the source has for it;
/// empty where there is none.
std::vector<std::string> declared_positions(const std::string& source, SourceLanguage language);

/// The environment variables that it reads.
std::vector<std::string> declared_variables(const std::string& source);

/// The placeholder that a name stands for: "config_file" -> "config", "bootstrap-server" -> "bootstrap";
/// empty for a name that says nothing to klab.
std::string placeholder_named(const std::string& name);

/// What a letter stands for in Confluent's examples and the like: 'f' -> "config"; empty for the others.
std::string placeholder_lettered(char letter);

}  // namespace klab
