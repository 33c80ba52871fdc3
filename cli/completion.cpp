#include "cli/completion.hpp"

#include <fmt/format.h>

#include <sstream>

namespace klab {
namespace {

/// What a value is, as help has it: "SECTION"; of a positional, its name.
std::string kind_of(const CLI::Option& option) {
  return option.get_positional() ? option.get_name(true) : option.get_type_name();
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

const CLI::Option* option_named(const CLI::App& command, const std::string& name) {
  for (const CLI::Option* option : command.get_options())
    if (!option->get_positional() && option->check_name(name)) return option;
  return nullptr;
}

const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands({}))
    if (command->get_name() == name) return command;
  return nullptr;
}

/// The positional that comes after `taken` others; null where no more is taken.
const CLI::Option* positional_after(const CLI::App& command, std::size_t taken) {
  for (const CLI::Option* option : command.get_options())
    if (option->get_positional()) {
      const auto most = static_cast<std::size_t>(option->get_items_expected_max());
      if (taken < most) return option;
      taken -= most;
    }
  return nullptr;
}

/// "TEXT:{auto,process,container}": the words between the braces.
std::vector<std::string> choices_in(const std::string& kind) {
  const std::size_t open = kind.find('{'), close = kind.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::istringstream words(kind.substr(open + 1, close - open - 1));
  for (std::string word; std::getline(words, word, ',');) choices.push_back(word);
  return choices;
}

std::string first_sentence(const std::string& text) { return text.substr(0, text.find_first_of(";\n")); }

/// Where a command line stands after its finished words.
class Place {
 public:
  Place(const CLI::App& app, const std::vector<std::string>& finished) : command_(&app) {
    for (const std::string& word : finished) pass(word);
  }

  const CLI::App& command() const { return *command_; }
  const CLI::Option* awaited() const { return awaited_; }
  bool takes_flags() const { return !only_positionals_; }
  const CLI::Option* positional() const { return positional_after(*command_, positionals_); }

 private:
  void pass(const std::string& word) {
    if (awaited_ != nullptr) {
      awaited_ = nullptr;
    } else if (word == "--") {
      only_positionals_ = true;
    } else if (word.starts_with('-') && !only_positionals_) {
      const CLI::Option* option = option_named(*command_, word);
      if (option != nullptr && takes_value(*option)) awaited_ = option;
    } else if (const CLI::App* command = command_named(*command_, word);
               command != nullptr && positionals_ == 0) {
      command_ = command;
    } else {
      ++positionals_;
    }
  }

  const CLI::App* command_;
  const CLI::Option* awaited_ = nullptr;
  std::size_t positionals_ = 0;
  bool only_positionals_ = false;
};

class Completer {
 public:
  Completer(const std::string& typed, const WordSources& sources) : typed_(typed), sources_(sources) {}

  Completions result;

  void add(const std::string& word, const std::string& description = {}) {
    if (word.starts_with(typed_)) result.words.push_back({word, first_sentence(description)});
  }

  void add_values(const CLI::Option& option, const std::string& before = {}) {
    const std::string kind = kind_of(option);
    result.with_folders = kind == "DIR" || kind == "RUN";
    result.with_files = kind == "FILE" || kind == "HISTORY" || kind == "REPORT";
    for (const std::string& choice : choices_in(option.get_type_name())) add(before + choice);
    if (const auto source = sources_.find(kind); source != sources_.end())
      for (const std::string& word : source->second()) add(before + word);
  }

  void add_commands(const CLI::App& command) {
    for (const CLI::App* below : command.get_subcommands({}))
      if (!below->get_group().empty()) add(below->get_name(), below->get_description());
  }

  void add_flags(const CLI::App& command) {
    for (const CLI::Option* option : command.get_options())
      if (!option->get_group().empty())
        for (const std::string& name : option->get_lnames()) add("--" + name, option->get_description());
  }

 private:
  std::string typed_;
  const WordSources& sources_;
};

/// bash hands "--broker=process" over as three words.
std::vector<std::string> without_equals_signs(std::vector<std::string> words) {
  if (!words.empty() && words.back() == "=") words.back() = "";
  std::erase(words, "=");
  return words;
}

constexpr const char* kBash =
    R"(# klab's completion for bash: source it, or put it into ~/.local/share/bash-completion/completions/klab
_klab() {
  local word line
  local -a found=()
  word=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :folders) compopt -o filenames; while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$word") ;;
      :files) compopt -o filenames; while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$word") ;;
      *) COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done < <("$1" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _klab klab
)";

constexpr const char* kZsh = R"(#compdef klab
# klab's completion for zsh: put it as _klab into a folder of $fpath, or source it after compinit
_klab() {
  local line
  local -a found
  while IFS= read -r line; do
    case $line in
      :folders) _files -/ ;;
      :files) _files ;;
      *) found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
    esac
  done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && _describe klab found
}
if [[ $funcstack[1] == _klab ]]; then _klab "$@"; else compdef _klab klab; fi
)";

constexpr const char* kFish =
    R"(# klab's completion for fish: put it into ~/.config/fish/completions/klab.fish
function __klab_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    for line in ($words[1] complete -- $words[2..-1] "$typed" 2>/dev/null)
        switch $line
            case :folders
                __fish_complete_directories "$typed"
            case :files
                __fish_complete_path "$typed"
            case '*'
                echo $line
        end
    end
end
complete -c klab -f -a '(__klab_complete)'
)";

}  // namespace

std::string completion_script(const std::string& shell) {
  return shell == "bash" ? kBash : shell == "zsh" ? kZsh : kFish;
}

Completions complete(const CLI::App& app, const std::vector<std::string>& asked, const WordSources& sources) {
  std::vector<std::string> words = without_equals_signs(asked);
  const std::string typed = words.empty() ? "" : words.back();
  if (!words.empty()) words.pop_back();
  const Place place(app, words);
  Completer completer(typed, sources);
  const std::size_t equals = typed.starts_with("--") ? typed.find('=') : std::string::npos;
  if (place.awaited() != nullptr) {
    completer.add_values(*place.awaited());
  } else if (equals != std::string::npos) {
    const CLI::Option* option = option_named(place.command(), typed.substr(0, equals));
    if (option != nullptr) completer.add_values(*option, typed.substr(0, equals + 1));
  } else if (typed.starts_with('-') && place.takes_flags()) {
    completer.add_flags(place.command());
  } else {
    completer.add_commands(place.command());
    if (place.positional() != nullptr) completer.add_values(*place.positional());
  }
  return completer.result;
}

std::string completion_lines(const Completions& completions) {
  std::string lines;
  for (const Completion& one : completions.words)
    lines += one.description.empty() ? one.word + "\n" : fmt::format("{}\t{}\n", one.word, one.description);
  if (completions.with_folders) lines += ":folders\n";
  if (completions.with_files) lines += ":files\n";
  return lines;
}

}  // namespace klab
