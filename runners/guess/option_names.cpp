#include "runners/guess/option_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace klab {
namespace {

/// Without separators and case: "bootstrap.servers", "bootstrapServers", "BOOTSTRAP_SERVERS" are one.
std::string squeezed(const std::string& name) {
  std::string squeezed;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)))
      squeezed += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return squeezed;
}

const std::map<std::string, std::set<std::string>> kNames{
    {"config",
     {"config", "conf", "configfile", "configpath", "configfilename", "configuration", "configurationfile",
      "properties", "propertiesfile", "props", "propsfile", "settings", "settingsfile", "commandconfig",
      "producerconfig", "consumerconfig", "clientconfig", "clientproperties", "cfg"}},
    {"bootstrap",
     {"bootstrap", "bootstrapserver", "bootstrapservers", "broker", "brokers", "brokerlist", "server",
      "servers", "brokeraddress", "bootstrapaddress", "brokerurl", "brokerhost", "address", "addr", "hosts"}},
    {"topic", {"topic", "topicname", "topic1", "firsttopic"}},
    {"topic2", {"topic2", "secondtopic", "othertopic", "topictwo", "topicname2"}},
    {"group", {"group", "groupid", "groupname", "consumergroup", "consumergroupid"}},
    {"key", {"key", "recordkey", "messagekey", "wantedkey", "filterkey", "onlykey"}},
    {"data",
     {"data", "datafile", "datapath", "file", "filename", "filepath", "input", "inputfile", "sample",
      "samplefile", "json", "jsonfile", "recordsfile", "bcsample"}},
    {"records", {"records", "recordcount", "numrecords", "nummessages", "messagecount"}}};

// Names begin with it, or not: KAFKA_TOPIC, --kafka-config.
constexpr std::string_view kSystem = "kafka";

bool is_flag(const std::string& word) {
  static const std::regex kFlag("--?[A-Za-z0-9][A-Za-z0-9_.-]{0,40}");
  return std::regex_match(word, kFlag);
}

/// "kcat -t", "kafka-console-consumer.sh --topic", but not "--kafka-topic".
bool calls_a_tool(const std::string& line) {
  static const std::regex kTool("kcat|kafkacat|(^|[^-])kafka-");
  return std::regex_search(line, kTool);
}

/// Other programs' flags are not the program's own.
std::string without_calls_of_tools(const std::string& source) {
  std::istringstream lines(source);
  std::string own, line;
  while (std::getline(lines, line))
    if (!calls_a_tool(line)) own += line + '\n';
  return own;
}

using Match = std::sregex_iterator;

/// A text in quotes that begins with a dash is a flag wherever it stands; several in a row are one option.
void add_quoted(const std::string& source, std::vector<DeclaredOption>& options) {
  static const std::regex kQuoted(R"re(["'`](-[^"'`\n]{1,80})["'`])re");
  static const std::regex kAlsoNamed(
      R"re(^[^()\n]{0,20}\n?[^()\n]{0,60}?(?:dest|longOpt|name|alias)\s*[=:(]\s*["'](\w[\w-]{0,40})["'])re");
  std::size_t last_end = std::string::npos;
  for (Match match(source.begin(), source.end(), kQuoted), end; match != end; ++match) {
    DeclaredOption option;
    std::string text = (*match)[1];
    std::ranges::replace_if(
        text, [](char c) { return c == ',' || c == '|' || c == '=' || c == '<'; }, ' ');
    std::istringstream words(text);
    for (std::string word; words >> word && is_flag(word);) option.spellings.push_back(word);
    const auto at = static_cast<std::size_t>(match->position());
    if (option.spellings.empty()) continue;
    const bool goes_on =
        last_end != std::string::npos &&
        source.substr(last_end, at - last_end).find_first_not_of(" \t\r\n,") == std::string::npos;
    last_end = at + static_cast<std::size_t>(match->length());
    if (goes_on)
      options.back().spellings.insert(options.back().spellings.end(), option.spellings.begin(),
                                      option.spellings.end());
    else
      options.push_back(option);
    const std::string rest = source.substr(last_end, 160);
    if (std::smatch also; std::regex_search(rest, also, kAlsoNamed)) options.back().names.push_back(also[1]);
  }
}

std::string spelled(const std::string& name) { return (name.size() == 1 ? "-" : "--") + name; }

/// "f:t:": each letter with a colon takes a value.
void add_letters(const std::string& letters, std::vector<DeclaredOption>& options) {
  for (std::size_t i = 0; i + 1 < letters.size(); ++i)
    if (std::isalnum(static_cast<unsigned char>(letters[i])) && letters[i + 1] == ':')
      options.push_back({.spellings = {std::string("-") + letters[i]}});
}

void add_getopt(const std::string& source, std::vector<DeclaredOption>& options) {
  static const std::regex kLettersQuoted(
      R"re(getopts?(?:_long)?\b[^"'\n]{0,60}["']:?((?:[A-Za-z0-9]:{0,2}){1,40})["'])re");
  static const std::regex kLettersBare(R"re(getopts\s+:?((?:[A-Za-z0-9]:?){1,40})\s)re");
  static const std::regex kLong(R"re(\{\s*"([\w-]{2,40})"\s*,\s*(?:required_argument|1)\b)re");
  static const std::regex kLongOfPython(R"re(["']([\w-]{2,40})=["'])re");
  for (const std::regex* letters : {&kLettersQuoted, &kLettersBare})
    for (Match match(source.begin(), source.end(), *letters), end; match != end; ++match)
      add_letters((*match)[1], options);
  if (source.find("getopt") == std::string::npos) return;
  for (const std::regex* names : {&kLong, &kLongOfPython})
    for (Match match(source.begin(), source.end(), *names), end; match != end; ++match)
      options.push_back({.spellings = {spelled((*match)[1])}});
}

/// Libraries in which an option is declared by its name alone.
void add_named(const std::string& source, std::vector<DeclaredOption>& options) {
  static const std::array<std::regex, 5> kDeclarations{
      std::regex(
          R"re(\bp?flag\.\w{1,40}\(\s*(?:&?[\w.]{1,80}\s*,\s*)?"([\w-]{1,40})"(?:\s*,\s*"(\w)")?)re"),  // Go
      std::regex(
          R"re((?:addOption|addRequiredOption|new Option)\(\s*"(\w)"\s*,\s*"([\w-]{2,40})")re"),  // commons-cli
      std::regex(R"re(Option\.builder\(\s*"(\w)"\s*\)(?:[^;]{0,80}?longOpt\(\s*"([\w-]{2,40})")?)re"),
      std::regex(
          R"re(["']?([\w-]{1,40})["']?\s*:\s*\{\s*type\s*:\s*['"]string['"](?:\s*,\s*short\s*:\s*['"](\w)['"])?)re"),
      std::regex(
          R"re(\.option\(\s*['"](\w[\w-]{0,40})['"]\s*,\s*\{(?:[^}]{0,80}?alias\s*:\s*\[?\s*['"](\w)['"])?)re")};
  for (const std::regex& declaration : kDeclarations)
    for (Match match(source.begin(), source.end(), declaration), end; match != end; ++match) {
      DeclaredOption option;
      for (std::size_t i = 1; i < match->size(); ++i)
        if ((*match)[i].length() > 0) option.spellings.push_back(spelled((*match)[i]));
      options.push_back(option);
    }
  static const std::regex kMember(R"re(\bargv\.(\w{1,40})\b)re");
  if (source.find("minimist") != std::string::npos || source.find("yargs") != std::string::npos)
    for (Match match(source.begin(), source.end(), kMember), end; match != end; ++match)
      if ((*match)[1] != "_") options.push_back({.spellings = {spelled((*match)[1])}});
}

/// Flags that are put together from names: f"--{name}", parseArgs. Each word in quotes may be one.
void add_built_from_names(const std::string& source, std::vector<DeclaredOption>& options) {
  static const std::regex kBuilt(R"re(["'`]--(?:\{|\$\{|["']\s*\+))re");
  static const std::regex kWord(R"re(["'](\w{2,40})["'])re");
  const bool is_built = std::regex_search(source, kBuilt) ||
                        (source.find("parseArgs(") != std::string::npos && options.empty());
  if (!is_built) return;
  for (Match match(source.begin(), source.end(), kWord), end; match != end; ++match)
    if (!placeholder_named((*match)[1]).empty()) options.push_back({.spellings = {"--" + (*match)[1].str()}});
}

/// How a language reads its list of arguments, perhaps into a variable; and what to add to an index for the
/// first argument to be 1.
const std::pair<std::regex, int>& argument_list(SourceLanguage language) {
  static const std::pair<std::regex, int> kPython{
      R"re((?:(\w{1,40})\s*=[^=\n;]{0,60}?)?\bsys\.argv\[(\d)\])re", 0};
  static const std::pair<std::regex, int> kNode{
      R"re((?:(\w{1,40})\s*=[^=\n;]{0,60}?)?\bprocess\.argv\[(\d)\])re", -1};
  static const std::pair<std::regex, int> kGo{R"re((?:(\w{1,40})\s*:?=[^=\n;]{0,60}?)?\bos\.Args\[(\d)\])re",
                                              0};
  static const std::pair<std::regex, int> kC{R"re((?:(\w{1,40})\s*[=({][^=\n;]{0,60}?)?\bargv\[(\d)\])re", 0};
  static const std::pair<std::regex, int> kShell{R"re((?:(\w{1,40})=["']?)?\$\{?([1-9])\b)re", 0};
  static const std::pair<std::regex, int> kJava{R"re((?:(\w{1,40})\s*=[^=\n;]{0,60}?)?\bargs\[(\d)\])re", 1};
  switch (language) {
    case SourceLanguage::python:
      return kPython;
    case SourceLanguage::javascript:
      return kNode;
    case SourceLanguage::go:
      return kGo;
    case SourceLanguage::c:
    case SourceLanguage::cpp:
      return kC;
    case SourceLanguage::shell:
      return kShell;
    default:
      return kJava;
  }
}

}  // namespace

std::vector<DeclaredOption> declared_options(const std::string& source) {
  const std::string own = without_calls_of_tools(source);
  std::vector<DeclaredOption> options;
  add_quoted(own, options);
  add_getopt(own, options);
  add_named(own, options);
  add_built_from_names(own, options);
  return options;
}

std::vector<std::string> declared_positions(const std::string& source, SourceLanguage language) {
  static const std::regex kOfParsers(
      R"re((?:add_argument|click\.argument)\(\s*["']([A-Za-z]\w{0,40})["'])re");
  std::vector<std::string> positions;
  if (language == SourceLanguage::python)
    for (Match match(source.begin(), source.end(), kOfParsers), end; match != end; ++match)
      positions.push_back((*match)[1]);
  if (!positions.empty()) return positions;
  const auto& [list, shift] = argument_list(language);
  for (Match match(source.begin(), source.end(), list), end; match != end; ++match) {
    const int position = std::stoi((*match)[2]) + shift;
    if (position < 1) continue;
    const auto index = static_cast<std::size_t>(position) - 1;
    if (positions.size() <= index) positions.resize(index + 1);
    if (positions[index].empty()) positions[index] = (*match)[1];
  }
  return positions;
}

std::vector<std::string> declared_variables(const std::string& source) {
  static const std::regex kVariable(
      R"re((?:environ(?:\.get)?[\[(]\s*["']|getenv\(\s*["']|(?:Getenv|LookupEnv|getOrDefault)\(\s*"|process\.env\.|GetEnvironmentVariable\(\s*")([A-Z][A-Z0-9_]{1,40}))re");
  std::vector<std::string> names;
  for (Match match(source.begin(), source.end(), kVariable), end; match != end; ++match)
    if (std::ranges::find(names, (*match)[1].str()) == names.end()) names.push_back((*match)[1]);
  return names;
}

std::string placeholder_named(const std::string& name) {
  std::string wanted = squeezed(name);
  if (wanted.starts_with(kSystem)) wanted.erase(0, kSystem.size());
  for (const auto& [placeholder, names] : kNames)
    if (names.contains(wanted)) return placeholder;
  return {};
}

std::string placeholder_lettered(char letter) {
  static const std::map<char, std::string> kLetters{{'f', "config"}, {'c', "config"}, {'b', "bootstrap"},
                                                    {'t', "topic"},  {'2', "topic2"}, {'g', "group"},
                                                    {'k', "key"},    {'d', "data"}};
  const auto found = kLetters.find(letter);
  return found == kLetters.end() ? "" : found->second;
}

}  // namespace klab
