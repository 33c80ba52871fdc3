#include "claims/clauses.hpp"

#include <set>
#include <string>

namespace klab {
namespace {

bool is_mark(const Word& word) {
  return word.kind == Word::Kind::mark &&
         std::string_view(",;:(|-").find(word.plain) != std::string_view::npos;
}

bool joins_clauses(const Word& word) {
  static const std::set<std::string, std::less<>> kJoining{
      "but", "although", "though", "whereas", "while", "because", "unless",   "until",   "so",     "which",
      "if",  "when",     "once",   "after",   "even",  "where",   "whenever", "instead", "rather", "as"};
  return kJoining.contains(word.plain);
}

bool is_negation(const Word& word) {
  return word.plain == "not" || word.plain == "no" || word.plain == "never";
}

bool begins_clause(const std::vector<Word>& sentence, std::size_t at) {
  if (is_mark(sentence[at]) || joins_clauses(sentence[at])) return true;
  return sentence[at].plain == "and" && at + 1 < sentence.size() && is_negation(sentence[at + 1]);
}

}  // namespace

std::vector<std::size_t> clauses_of(const std::vector<Word>& sentence) {
  std::vector<std::size_t> clauses, around = {};  // around a bracket that is open
  std::size_t latest = 0, clause = 0;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (sentence[at].plain == "(") around.push_back(clause);
    if (begins_clause(sentence, at)) clause = ++latest;
    clauses.push_back(clause);
    if (sentence[at].plain != ")" || around.empty()) continue;
    clause = around.back();
    around.pop_back();
  }
  return clauses;
}

}  // namespace klab
