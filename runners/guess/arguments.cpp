#include "runners/guess/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "runners/guess/option_names.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostText = 512 * 1024;

bool is_source(const fs::path& name) {
  static const std::set<std::string> kSources{".py",  ".js", ".mjs", ".cjs", ".java", ".go", ".cpp", ".cc",
                                              ".cxx", ".c",  ".h",   ".hpp", ".cs",   ".sh", ".bash"};
  return kSources.contains(name.extension().string());
}

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

bool mentions(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_character(text[at - 1])) &&
        (end == text.size() || !is_word_character(text[end])))
      return true;
  }
  return false;
}

/// What a Go package or a C# project is made of lies side by side.
std::string own_text(const FolderFiles& files, const RoleFile& program, const std::set<fs::path>& unread) {
  const bool is_go = program.language == SourceLanguage::go;
  const bool is_project = program.language == SourceLanguage::csharp;
  std::string text = is_project ? "" : files.text(program.name);
  if (!is_go && !is_project) return text;
  for (const fs::path& name : files.names())
    if (name.extension() == (is_go ? ".go" : ".cs") && name.parent_path() == program.name.parent_path() &&
        name != program.name && !unread.contains(name))
      text += files.text(name);
  return text;
}

/// The program's text, and that of the files which it names, directly or through others.
std::string text_with_what_it_names(const FolderFiles& files, const RoleFile& program,
                                    const std::set<fs::path>& unread) {
  std::string text = own_text(files, program, unread);
  std::set<fs::path> taken = unread;
  taken.insert(program.name);
  for (bool found = true; found;) {
    found = false;
    for (const fs::path& name : files.names())
      if (text.size() < kMostText && is_source(name) && !taken.contains(name) &&
          mentions(text, name.stem().string())) {
        taken.insert(name);
        text += '\n' + files.text(name);
        found = true;
      }
  }
  return text;
}

/// A spelling and the placeholder that follows it.
struct Told {
  std::string spelling = {};
  std::string placeholder = {};
  bool by_letter_alone = false;
};

/// A letter is believed where no other name says what the option is.
Told meaning_of(const DeclaredOption& option) {
  bool has_name = false;
  std::string placeholder;
  for (const std::vector<std::string>* names : {&option.spellings, &option.names})
    for (const std::string& name : *names) {
      const std::string bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
      if (bare.size() < 2) continue;
      has_name = true;
      if (placeholder.empty()) placeholder = placeholder_named(bare);
    }
  const std::string& first = option.spellings.front();
  if (has_name) return {first, placeholder};
  return {first, placeholder_lettered(first.back()), true};
}

/// The first option for each placeholder; one that is named goes before one that has only a letter.
std::map<std::string, Told> told_by_options(const std::string& source) {
  std::map<std::string, Told> told;
  for (const DeclaredOption& option : declared_options(source)) {
    const Told meaning = meaning_of(option);
    if (meaning.placeholder.empty()) continue;
    const auto [seat, is_first] = told.try_emplace(meaning.placeholder, meaning);
    if (!is_first && seat->second.by_letter_alone && !meaning.by_letter_alone) seat->second = meaning;
  }
  return told;
}

bool is_wanted(const std::vector<std::string>& wanted, const std::string& placeholder) {
  return std::ranges::find(wanted, placeholder) != wanted.end();
}

std::string in_braces(const std::string& placeholder) { return "{" + placeholder + "}"; }

class Arguments {
 public:
  Arguments(const std::string& role, SourceLanguage language, std::string source)
      : wanted_(placeholders_for(role)), language_(language), source_(std::move(source)) {
    add_options();
    add_positions();
    add_variables();
    add_untold(role);
  }

  GuessedArguments result;

 private:
  void add(const std::string& placeholder, std::string& to, const std::string& text) {
    to += text;
    told_.insert(placeholder);
  }

  void add_options() {
    std::map<std::string, Told> told = told_by_options(source_);
    if (told.contains("config")) told.erase("bootstrap");  // the configuration has it
    std::string letters;
    for (const std::string& placeholder : wanted_)
      if (const auto found = told.find(placeholder); found != told.end()) {
        add(placeholder, result.words, fmt::format(" {} {}", found->second.spelling, in_braces(placeholder)));
        if (found->second.by_letter_alone)
          letters += fmt::format("{}{} is taken to be {}", letters.empty() ? "" : ", ",
                                 found->second.spelling, in_braces(placeholder));
      }
    if (!letters.empty()) result.doubts.push_back(letters);
  }

  void add_positions() {
    const std::vector<std::string> positions = declared_positions(source_, language_);
    std::string words;
    for (std::size_t i = 0; i < positions.size(); ++i) {
      const std::string placeholder = placeholder_named(positions[i]);
      if (placeholder.empty()) {
        // Where there are flags, it is they that are taken out of the list by hand.
        if (told_.empty())
          result.doubts.push_back(
              fmt::format("what its argument {} is for cannot be told{}", i + 1,
                          positions[i].empty() ? "" : fmt::format(" (\"{}\")", positions[i])));
        return;
      }
      words += " " + in_braces(placeholder);
    }
    if (!told_.empty() && source_.find("add_argument") == std::string::npos) return;
    for (const std::string& position : positions) told_.insert(placeholder_named(position));
    result.words += words;
  }

  void add_variables() {
    for (const std::string& name : declared_variables(source_))
      if (const std::string placeholder = placeholder_named(name);
          is_wanted(wanted_, placeholder) && !told_.contains(placeholder))
        add(placeholder, result.environment, fmt::format("{}={} ", name, in_braces(placeholder)));
  }

  void add_untold(const std::string& role) {
    const bool has_address = told_.contains("config") || told_.contains("bootstrap");
    for (const std::string& placeholder : wanted_) {
      if (told_.contains(placeholder)) continue;
      if (placeholder == "config") continue;
      if (placeholder == "bootstrap" && has_address) continue;
      if (placeholder == "data" && source_.find("bcsample") != std::string::npos) continue;
      // These two have a topic, and may have no group, of their own.
      if (placeholder == "group" && (role == "topic_clean" || role == "monitor")) continue;
      result.untold.push_back(placeholder);
    }
    const bool adds_a_section = source_.find("read_string") != std::string::npos;
    if (told_.contains("config") && source_.find("ConfigParser") != std::string::npos && !adds_a_section)
      result.doubts.push_back("it reads its configuration as an INI file; {config} has no sections");
  }

  std::vector<std::string> wanted_;
  SourceLanguage language_;
  std::string source_;
  std::set<std::string> told_ = {};
};

}  // namespace

std::vector<std::string> placeholders_for(const std::string& role) {
  std::vector<std::string> wanted{"config", "bootstrap", "topic"};
  const std::vector<std::string> words = words_of(role);
  const auto has = [&](const char* word) { return std::ranges::find(words, word) != words.end(); };
  if (has("two")) wanted.push_back("topic2");
  wanted.push_back(has("producer") || has("flush") ? "data" : "group");
  if (role == "keyed_consumer") wanted.push_back("key");
  return wanted;
}

GuessedArguments guess_arguments(const FolderFiles& files, const RoleFile& program,
                                 const std::vector<RoleFile>& programs) {
  if (program.language == SourceLanguage::jar)
    return {.doubts = {"a jar does not show which arguments it takes"},
            .untold = placeholders_for(program.role)};
  const auto guess_without = [&](const std::set<fs::path>& unread) {
    return Arguments(program.role, program.language, text_with_what_it_names(files, program, unread)).result;
  };
  std::set<fs::path> others;
  for (const RoleFile& other : programs)
    if (other.name != program.name) others.insert(other.name);
  GuessedArguments own = guess_without(others);
  return own.words.empty() && own.environment.empty() ? guess_without({}) : own;
}

}  // namespace klab
