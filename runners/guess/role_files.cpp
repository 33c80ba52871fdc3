#include "runners/guess/role_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

namespace klab {
namespace {

namespace fs = std::filesystem;
using Words = std::multiset<std::string>;

const std::map<std::string, SourceLanguage> kByExtension{{".py", SourceLanguage::python},
                                                         {".js", SourceLanguage::javascript},
                                                         {".mjs", SourceLanguage::javascript},
                                                         {".cjs", SourceLanguage::javascript},
                                                         {".sh", SourceLanguage::shell},
                                                         {".bash", SourceLanguage::shell},
                                                         {".java", SourceLanguage::java},
                                                         {".jar", SourceLanguage::jar},
                                                         {".go", SourceLanguage::go},
                                                         {".cpp", SourceLanguage::cpp},
                                                         {".cc", SourceLanguage::cpp},
                                                         {".cxx", SourceLanguage::cpp},
                                                         {".c", SourceLanguage::c},
                                                         {".csproj", SourceLanguage::csharp},
                                                         {".ts", SourceLanguage::unknown},
                                                         {".rs", SourceLanguage::unknown},
                                                         {".rb", SourceLanguage::unknown},
                                                         {".kt", SourceLanguage::unknown},
                                                         {".scala", SourceLanguage::unknown},
                                                         {".php", SourceLanguage::unknown},
                                                         {".ipynb", SourceLanguage::unknown}};

/// Names that say nothing; the folder's name says what the program is.
const std::set<std::string> kEntryPoints{"main", "index", "app", "program", "__main__"};

/// Different words for the same thing.
const std::map<std::string, std::string> kSameWord{{"key", "keyed"},
                                                   {"keys", "keyed"},
                                                   {"transaction", "transactional"},
                                                   {"transactions", "transactional"},
                                                   {"txn", "transactional"},
                                                   {"tx", "transactional"},
                                                   {"cleaner", "clean"},
                                                   {"clear", "clean"},
                                                   {"cleanup", "clean"},
                                                   {"produce", "producer"},
                                                   {"consume", "consumer"},
                                                   {"monitoring", "monitor"},
                                                   {"topics", "topic"},
                                                   {"2", "two"}};

/// Words that tell no program from another.
const std::set<std::string> kSayNothing{"kafka",  "my",         "lab",         "the", "simple",
                                        "basic",  "example",    "main",        "app", "confluent",
                                        "ccloud", "breadcrumb", "breadcrumbs", "data"};

/// What people also call a role.
const std::map<std::string, std::vector<Words>> kAlsoCalled{
    {"topic_clean", {{"clean", "topic", "consumer"}}},
    {"slow_producer", {{"producer", "sleep"}}},
    {"keyed_producer", {{"random", "keyed", "producer"}, {"varying", "keyed", "producer"}}},
    {"committed_consumer", {{"transactional", "consumer"}, {"read", "committed", "consumer"}}},
    {"flush_each", {{"flush", "each", "producer"}}},
    {"flush_paced", {{"flush", "paced", "producer"}}},
    {"two_topic_producer", {{"two", "topic", "transactional", "producer"}}},
    {"two_topic_consumer", {{"two", "topic", "transactional", "consumer"}}}};

struct Candidate {
  fs::path name;
  SourceLanguage language;
  int rank;  // how far the name is from the role's: 0 is the same
};

Words same_words(const std::vector<std::string>& words) {
  Words same;
  for (const std::string& word : words) {
    const auto other = kSameWord.find(word);
    same.insert(other == kSameWord.end() ? word : other->second);
  }
  return same;
}

/// None when the name does not name the role.
std::optional<int> rank_of(const std::string& name, const std::string& role) {
  const std::vector<std::string> words = words_of(name), wanted = words_of(role);
  if (fmt::format("{}", fmt::join(words, "")) == fmt::format("{}", fmt::join(wanted, ""))) return 0;
  std::vector<Words> meanings{same_words(wanted)};
  if (const auto also = kAlsoCalled.find(role); also != kAlsoCalled.end())
    meanings.insert(meanings.end(), also->second.begin(), also->second.end());
  Words said = same_words(words);
  if (std::ranges::find(meanings, said) != meanings.end()) return 1;
  std::erase_if(said, [](const std::string& word) { return kSayNothing.contains(word); });
  if (std::ranges::find(meanings, said) != meanings.end()) return 2;
  return std::nullopt;
}

SourceLanguage language_by_shebang(const FolderFiles& files, const fs::path& name) {
  const std::string text = files.text(name);
  const std::string line = text.substr(0, text.find('\n'));
  if (!line.starts_with("#!")) return SourceLanguage::unknown;
  if (line.find("python") != std::string::npos) return SourceLanguage::python;
  if (line.find("node") != std::string::npos) return SourceLanguage::javascript;
  return line.ends_with("sh") ? SourceLanguage::shell : SourceLanguage::unknown;
}

/// Of compiled languages any file may be a part of a program; only one with a main() is one.
bool is_a_program(const FolderFiles& files, const Candidate& candidate) {
  switch (candidate.language) {
    case SourceLanguage::java:
    case SourceLanguage::go:
    case SourceLanguage::cpp:
    case SourceLanguage::c:
      return files.text(candidate.name).find("main(") != std::string::npos;
    default:
      return true;
  }
}

std::string name_that_tells(const fs::path& file) {
  std::string stem = file.stem().string();
  std::string lower = stem;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::string folder = file.parent_path().filename().string();
  return kEntryPoints.contains(lower) && !folder.empty() ? folder : stem;
}

std::vector<Candidate> candidates_for(const FolderFiles& files, const std::string& role) {
  std::vector<Candidate> found;
  for (const fs::path& name : files.names()) {
    const auto known = kByExtension.find(name.extension().string());
    if (known == kByExtension.end() && name.has_extension()) continue;
    const std::optional<int> rank = rank_of(name_that_tells(name), role);
    if (!rank) continue;
    Candidate candidate{name, known == kByExtension.end() ? language_by_shebang(files, name) : known->second,
                        *rank};
    if (known == kByExtension.end() && candidate.language == SourceLanguage::unknown) continue;
    if (is_a_program(files, candidate)) found.push_back(candidate);
  }
  return found;
}

std::ptrdiff_t depth_of(const Candidate& candidate) {
  return std::distance(candidate.name.begin(), candidate.name.end());
}

/// Those for which `measure` is least.
template <typename Measure>
std::vector<Candidate> least(std::vector<Candidate> candidates, Measure measure) {
  if (candidates.empty()) return candidates;
  const auto best = measure(*std::ranges::min_element(candidates, {}, measure));
  std::erase_if(candidates, [&](const Candidate& candidate) { return measure(candidate) != best; });
  return candidates;
}

std::string listed(const std::vector<Candidate>& candidates) {
  std::vector<std::string> names;
  for (const Candidate& candidate : candidates) names.push_back(candidate.name.string());
  return fmt::format("{}", fmt::join(names, " or "));
}

void choose(RoleFiles& result, const std::string& role, const std::vector<Candidate>& candidates,
            const std::map<SourceLanguage, int>& uses) {
  std::vector<Candidate> left =
      least(candidates, [](const Candidate& one) { return one.language == SourceLanguage::unknown; });
  left = least(left, [](const Candidate& one) { return one.rank; });
  left = least(left, depth_of);
  left = least(left, [&](const Candidate& one) { return -uses.at(one.language); });
  if (left.empty()) return;
  if (left.size() > 1) {
    result.doubts.push_back(fmt::format("{} may be {}: none was taken", role, listed(left)));
  } else if (left.front().language == SourceLanguage::unknown) {
    result.doubts.push_back(
        fmt::format("{} may be {}, but klab cannot tell how it is run", role, listed(left)));
  } else {
    if (candidates.size() > 1) {
      std::vector<Candidate> others = candidates;
      std::erase_if(others, [&](const Candidate& one) { return one.name == left.front().name; });
      result.doubts.push_back(
          fmt::format("{} is taken to be {}, not {}", role, left.front().name.string(), listed(others)));
    }
    result.chosen.push_back({role, left.front().name, left.front().language});
  }
}

}  // namespace

std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> words;
  bool fresh = true;
  char before = ' ';
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_of_a_word = std::isalnum(byte) || byte >= 0x80;
    if (is_of_a_word && (fresh || (std::isupper(byte) && std::islower(static_cast<unsigned char>(before)))))
      words.emplace_back();
    if (is_of_a_word) words.back() += byte >= 0x80 ? c : static_cast<char>(std::tolower(byte));
    fresh = !is_of_a_word;
    before = c;
  }
  return words;
}

RoleFiles choose_role_files(const FolderFiles& files, const std::vector<std::string>& roles) {
  std::map<std::string, std::vector<Candidate>> candidates;
  std::map<SourceLanguage, int> uses;
  for (const std::string& role : roles) {
    candidates[role] = candidates_for(files, role);
    for (const Candidate& candidate : candidates[role]) ++uses[candidate.language];
  }
  RoleFiles result;
  for (const std::string& role : roles) choose(result, role, candidates[role], uses);
  return result;
}

}  // namespace klab
