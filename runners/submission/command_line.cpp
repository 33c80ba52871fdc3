#include "runners/submission/command_line.hpp"

#include <algorithm>

namespace klab {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./:,=@%+").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(const std::string& text) {
  if (!text.empty() && std::ranges::all_of(text, is_plain)) return text;
  std::string word = "'";
  for (const char c : text) c == '\'' ? word += "'\\''" : word += c;
  return word + "'";
}

std::string fill_in(std::string_view command, const Placeholders& placeholders) {
  std::string filled;
  while (!command.empty()) {
    const bool is_open = command.front() == '{' && !filled.ends_with('$');  // "${topic}" is the shell's
    const std::size_t close = is_open ? command.find('}') : std::string_view::npos;
    const auto known = close == std::string_view::npos
                           ? placeholders.end()
                           : placeholders.find(std::string(command.substr(1, close - 1)));
    if (known != placeholders.end()) {
      filled += shell_word(known->second);
      command.remove_prefix(close + 1);
    } else {
      filled += command.front();
      command.remove_prefix(1);
    }
  }
  return filled;
}

}  // namespace klab
