#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace klab {

/// The script that makes bash, zsh or fish complete klab's commands. It holds no command and no flag: it asks
/// `klab complete` at each press of the key, and so is never older than klab.
std::string completion_script(const std::string& shell);

struct Completion {
  std::string word = {};
  std::string description = {};
};

/// What may come next on a command line.
struct Completions {
  std::vector<Completion> words = {};
  bool with_folders = false;
  bool with_files = false;
};

/// The words that stand for themselves, by the name that help has for them: "SECTION" -> A, B, ..
using WordSources = std::map<std::string, std::function<std::vector<std::string>()>>;

/// What may stand in place of the last of `words`, which is what was typed of it so far. Walks the app's
/// commands and options: DIR and RUN are folders, FILE and HISTORY files, a choice is one of its words, and
/// what `sources` knows is asked there.
Completions complete(const CLI::App& app, const std::vector<std::string>& words, const WordSources& sources);

/// A line a word, with its description after a tab; ":folders" and ":files" stand for what the shell finds.
std::string completion_lines(const Completions& completions);

}  // namespace klab
