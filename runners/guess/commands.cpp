#include "runners/guess/commands.hpp"

#include <algorithm>
#include <utility>

#include "runners/submission/command_line.hpp"

namespace klab {

std::string path_word(const std::filesystem::path& path) {
  return path.empty() ? "." : shell_word(path.string());
}

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
}

GuessedCommands guess_commands(const FolderFiles& files, const std::vector<RoleFile>& programs) {
  using Add = void (*)(GuessedCommands&, const FolderFiles&, const std::vector<RoleFile>&);
  const std::vector<std::pair<std::vector<SourceLanguage>, Add>> kLanguages{
      {{SourceLanguage::python}, add_python}, {{SourceLanguage::javascript}, add_javascript},
      {{SourceLanguage::shell}, add_shell},   {{SourceLanguage::java, SourceLanguage::jar}, add_java},
      {{SourceLanguage::go}, add_go},         {{SourceLanguage::cpp, SourceLanguage::c}, add_c_and_cpp},
      {{SourceLanguage::csharp}, add_csharp}};
  GuessedCommands commands;
  for (const auto& [languages, add] : kLanguages) {
    std::vector<RoleFile> of_it = programs;
    // clang before 16 captures no structured binding by itself.
    std::erase_if(of_it, [&languages = languages](const RoleFile& program) {
      return std::ranges::find(languages, program.language) == languages.end();
    });
    if (!of_it.empty()) add(commands, files, of_it);
  }
  return commands;
}

}  // namespace klab
