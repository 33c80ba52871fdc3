#include "claims/conditions.hpp"

#include <algorithm>

namespace klab {
namespace {

using Kind = Word::Kind;

// What stands before a version, by its stem. Without any of them the sentence is about that very version.
const std::map<std::string, std::string, std::less<>> kRelations{
    {"befor", "before"}, {"prior", "before"}, {"until", "before"}, {"pre", "before"},  {"sinc", "since"},
    {"from", "since"},   {"start", "since"},  {"as", "since"},     {"after", "since"}, {"longer", "since"}};

bool is_version(const Word& word) {
  return word.kind == Kind::number && word.plain.find('.') != std::string::npos;
}

bool names_kafka(const Word& word) {
  return word.stem == "kafka" || word.stem == "version" || word.stem == "releas";
}

std::string relation_around(const std::vector<Word>& sentence, std::size_t at) {
  for (std::size_t back = 1; back <= 5 && back <= at; ++back) {
    const auto found = kRelations.find(sentence[at - back].stem);
    if (found != kRelations.end()) return found->second;
    if (sentence[at - back].kind == Kind::mark) break;
  }
  // "From 3.0 on", "Kafka 4.0 no longer needs".
  for (std::size_t ahead = 1; ahead <= 2 && at + ahead < sentence.size(); ++ahead)
    if (sentence[at + ahead].stem == "longer" || sentence[at + ahead].stem == "onward") return "since";
  return "in";
}

bool is_named_as_version(const std::vector<Word>& sentence, std::size_t at) {
  if (at > 0 && (names_kafka(sentence[at - 1]) || kRelations.contains(sentence[at - 1].stem))) return true;
  return at > 1 && names_kafka(sentence[at - 2]);
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
    if (is_version(sentence[at]) && is_named_as_version(sentence, at))
      return {{"kafka", relation_around(sentence, at) + " " + sentence[at].plain, {at}}};
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
