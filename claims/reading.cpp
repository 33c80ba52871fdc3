#include "claims/reading.hpp"

#include <algorithm>

#include "claims/clauses.hpp"

namespace klab {
namespace {

// Nobody's sentence is longer. A hostile one must not cost the patterns' backtracking.
constexpr std::size_t kMostWords = 150;

std::vector<PhraseMatch> all_of(const std::vector<Phrase>& phrases, const std::vector<Word>& words) {
  std::vector<PhraseMatch> all;
  for (const Phrase& phrase : phrases)
    for (PhraseMatch& match : phrase.find_all(words)) all.push_back(std::move(match));
  return all;
}

// "unlike RabbitMQ, which pushes messages": up to the end of what is said of the other.
void drop_contrast(std::vector<Word>& words, const Guards& guards) {
  const std::vector<PhraseMatch> contrasts = all_of(guards.contrast, words);
  if (contrasts.empty()) return;
  const std::vector<std::size_t> clauses = clauses_of(words);
  const std::size_t begin = contrasts[0].words.front(), clause = clauses[contrasts[0].words.back()];
  std::size_t end = contrasts[0].words.back();
  while (end < words.size() && clauses[end] <= clause) ++end;
  if (end + 1 < words.size() && words[end].plain == "," && words[end + 1].stem == "which")
    for (end += 2; end < words.size() && words[end].plain != ",";) ++end;
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(begin),
              words.begin() + static_cast<std::ptrdiff_t>(end));
}

// "set acks to 1", but not "setting acks to 1" or "it sets acks".
bool is_command(const PhraseMatch& match, const Reading& reading) {
  const std::size_t at = match.words.front();
  const std::string& plain = reading.words[at].plain;
  if (plain.ends_with("ing") || plain.ends_with("ed") || plain.ends_with(")") ||
      (plain.ends_with("s") && !plain.ends_with("ss")))
    return false;
  return at == 0 || reading.words[at - 1].kind == Word::Kind::mark || reading.words[at - 1].plain == "please";
}

bool is_no_claim(const Reading& reading, const Guards& guards) {
  const auto any = [&](const std::vector<Phrase>& phrases, auto accepts) {
    return std::ranges::any_of(all_of(phrases, reading.words), accepts);
  };
  const auto always = [](const PhraseMatch&) { return true; };
  const auto begins = [&](const PhraseMatch& match) {  // "does", but not "doing"
    return match.words.front() == 0 && !reading.words[0].plain.ends_with("ing");
  };
  return reading.words.empty() || reading.words.back().plain == "?" || any(guards.question, begins) ||
         any(guards.hearsay, always) || any(guards.anecdote, always) || any(guards.other_system, always);
}

}  // namespace

Reading read_sentence(std::string_view sentence, std::string_view context, const Language& language) {
  Reading reading{.words = words_of(sentence), .context = words_of(context)};
  // The nearest of what it stands under counts.
  if (reading.context.size() > kMostWords)
    reading.context.erase(reading.context.begin(), reading.context.end() - kMostWords);
  if (reading.words.empty() || reading.words.size() > kMostWords) {
    reading.is_no_claim = true;
    return reading;
  }
  drop_contrast(reading.words, language.guards);
  reading.clauses = clauses_of(reading.words);
  reading.negations = all_of(language.guards.negation, reading.words);
  reading.hedges = all_of(language.guards.hedge, reading.words);
  reading.ifs = all_of(language.guards.condition, reading.words);
  reading.conditions = conditions_in(reading.words, language);
  reading.is_hypothetical = !all_of(language.guards.hypothesis, reading.words).empty();
  reading.is_no_claim = is_no_claim(reading, language.guards);
  reading.is_advice =
      std::ranges::any_of(all_of(language.guards.advice, reading.words),
                          [&](const PhraseMatch& match) { return is_command(match, reading); });
  return reading;
}

}  // namespace klab
