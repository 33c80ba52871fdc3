#include "claims/conditions.hpp"

#include <algorithm>
#include <array>

#include "claims/quantity.hpp"

namespace klab {
namespace {

using Kind = Word::Kind;

// What stands before a version, by its stem. Without any of them the sentence is about that very version.
const std::map<std::string, std::string, std::less<>> kRelations{
    {"befor", "before"}, {"prior", "before"}, {"until", "before"},  {"pre", "before"},
    {"sinc", "since"},   {"from", "since"},   {"start", "since"},   {"as", "since"},
    {"after", "since"},  {"longer", "since"}, {"through", "up to"}, {"below", "before"}};

// "2.8 and earlier", "3.0 or newer".
const std::map<std::string, std::string, std::less<>> kFollowing{
    {"earlier", "up to"}, {"older", "up to"},  {"lower", "up to"},  {"below", "up to"},  {"before", "up to"},
    {"later", "since"},   {"newer", "since"},  {"above", "since"},  {"higher", "since"}, {"up", "since"},
    {"longer", "since"},  {"onward", "since"}, {"onwards", "since"}};
// "older than 3.0".
const std::map<std::string, std::string, std::less<>> kCompared{
    {"earlier", "before"}, {"older", "before"}, {"lower", "before"}, {"less", "before"},
    {"later", "since"},    {"newer", "since"},  {"higher", "since"}};
// With one of these a number that stands alone is taken for a version, if it counts nothing.
constexpr std::array<std::string_view, 7> kIntroducing{"in",    "with", "to",       "through",
                                                       "below", "than", "including"};

bool is_of_any_minor(const std::vector<Word>& sentence, std::size_t at) {
  return at + 1 < sentence.size() && sentence[at].plain.size() == 1 && sentence[at + 1].plain == "x";
}

/// "3.0", "2.x".
bool is_version(const std::vector<Word>& sentence, std::size_t at) {
  const Word& word = sentence[at];
  return word.kind == Kind::number &&
         (word.plain.find('.') != std::string::npos || is_of_any_minor(sentence, at));
}

std::string version_at(const std::vector<Word>& sentence, std::size_t at) {
  return sentence[at].plain + (is_of_any_minor(sentence, at) ? ".x" : "");
}

bool counts_something(const std::vector<Word>& sentence, std::size_t at) {
  if (quantity_at(sentence, at, Quantity::duration) || quantity_at(sentence, at, Quantity::size)) return true;
  if (at + 1 == sentence.size()) return false;
  const std::string& next = sentence[at + 1].plain;
  return next == "%" || next == "percent" || next == "times" || next == "million";
}

bool names_kafka(const Word& word) {
  return word.stem == "kafka" || word.stem == "version" || word.stem == "releas";
}

std::string relation_around(const std::vector<Word>& sentence, std::size_t at) {
  for (std::size_t back = 1; back <= 5 && back <= at; ++back) {
    const Word& word = sentence[at - back];
    const std::string before = back < at ? sentence[at - back - 1].plain : "";
    if (word.plain == "to" && before == "up") return "up to";
    if (const auto found = kCompared.find(before); word.plain == "than" && found != kCompared.end())
      return found->second;
    if (const auto found = kRelations.find(word.stem); found != kRelations.end()) return found->second;
    if (word.kind == Kind::mark) break;
  }
  // "From 3.0 on", "Kafka 4.0 no longer needs".
  const std::size_t last = is_of_any_minor(sentence, at) ? 3 : 2;
  for (std::size_t ahead = 1; ahead <= last && at + ahead < sentence.size(); ++ahead)
    if (const auto found = kFollowing.find(sentence[at + ahead].plain); found != kFollowing.end())
      return found->second;
  return "in";
}

bool is_named_as_version(const std::vector<Word>& sentence, std::size_t at) {
  if (at > 0 && (names_kafka(sentence[at - 1]) || kRelations.contains(sentence[at - 1].stem))) return true;
  if (at > 1 && names_kafka(sentence[at - 2])) return true;
  return at > 0 && std::ranges::find(kIntroducing, sentence[at - 1].plain) != kIntroducing.end() &&
         !counts_something(sentence, at);
}

std::vector<FoundCondition> loose_version_in(const std::vector<Word>& sentence) {
  for (std::size_t at = 0; at + 1 < sentence.size(); ++at) {
    const std::string& age = sentence[at].plain;
    const auto next = std::find_if(
        sentence.begin() + static_cast<std::ptrdiff_t>(at) + 1,
        sentence.begin() + static_cast<std::ptrdiff_t>(std::min(at + 3, sentence.size())), names_kafka);
    if (next == sentence.begin() + static_cast<std::ptrdiff_t>(std::min(at + 3, sentence.size()))) continue;
    if (age == "old" || age == "older" || age == "earlier" || age == "early" || age == "previous")
      return {{"kafka", "older", {at}}};
    if (age == "new" || age == "newer" || age == "recent" || age == "modern" || age == "current" ||
        age == "latest")
      return {{"kafka", "newer", {at}}};
  }
  return {};
}

}  // namespace

std::vector<FoundCondition> version_in(const std::vector<Word>& sentence) {
  for (std::size_t at = 0; at < sentence.size(); ++at)
    if (is_version(sentence, at) && is_named_as_version(sentence, at))
      return {{"kafka", relation_around(sentence, at) + " " + version_at(sentence, at), {at}}};
  return loose_version_in(sentence);
}

std::vector<FoundCondition> conditions_in(const std::vector<Word>& sentence, const Language& language) {
  std::vector<FoundCondition> found = version_in(sentence);
  for (const Condition& condition : language.conditions)
    for (const Phrase& phrase : condition.phrases)
      if (const auto match = phrase.find(sentence)) {
        found.push_back({condition.name, condition.value, match->words});
        break;
      }
  return found;
}

}  // namespace klab
