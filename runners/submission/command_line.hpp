#pragma once

#include <map>
#include <string>
#include <string_view>

namespace klab {

/// What stands for a placeholder: {"topic", "breadcrumbs-4f2a"}.
using Placeholders = std::map<std::string, std::string>;

/// Fills {name} in for each known name, quoted for the shell. Other braces are the command's own (awk,
/// ${VAR}) and stay.
std::string fill_in(std::string_view command, const Placeholders& placeholders);

/// A text as one word of a POSIX shell.
std::string shell_word(const std::string& text);

}  // namespace klab
