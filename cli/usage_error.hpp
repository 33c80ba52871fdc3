#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace klab {

/// One line for a command line that cannot be understood: what is wrong, what was perhaps meant, where help
/// is. `app` is as the failed parse left it.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

/// "; did you mean --section?" where one of `known` is near to `word`; else empty.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& known);

/// The one of `known` that `word` is a misspelling of: at most two letters wrong, missing, too many or
/// exchanged, and fewer than a third of them; empty where there is none.
std::string nearest_word(const std::string& word, const std::vector<std::string>& known);

}  // namespace klab
