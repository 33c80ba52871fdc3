#include "claims/reading.hpp"

#include <algorithm>
#include <set>
#include <string>

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

void erase(std::vector<Word>& words, std::size_t begin, std::size_t end) {
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(begin),
              words.begin() + static_cast<std::ptrdiff_t>(end));
}

bool is_relative(const Word& word) {
  static const std::set<std::string, std::less<>> kRelative{"which", "where", "that", "who", "whose", "when"};
  return kRelative.contains(word.plain);
}

// "unlike RabbitMQ, which pushes messages", "unlike a queue where messages are deleted": up to the end of
// what is said of the other.
void drop_contrast(std::vector<Word>& words, const Guards& guards) {
  const std::vector<PhraseMatch> contrasts = all_of(guards.contrast, words);
  if (contrasts.empty()) return;
  const std::vector<std::size_t> clauses = clauses_of(words);
  const std::size_t begin = contrasts[0].words.front(), clause = clauses[contrasts[0].words.back()];
  std::size_t end = contrasts[0].words.back();
  while (end < words.size() && clauses[end] <= clause) ++end;
  const std::size_t next = end < words.size() && words[end].plain == "," ? end + 1 : end;
  if (next < words.size() && is_relative(words[next]))
    for (end = next; end < words.size() && words[end].plain != ",";) ++end;
  erase(words, begin, end);
}

bool gives_a_reason(const std::vector<Word>& words, std::size_t at) {
  const std::string& plain = words[at].plain;
  if (plain == "because") return true;
  return (plain == "since" || plain == "as") && at > 0 && words[at - 1].plain == ",";
}

bool gives_a_consequence(const std::vector<Word>& words, std::size_t at) {
  static const std::set<std::string, std::less<>> kConsequences{"therefore", "hence", "thus", "so"};
  return kConsequences.contains(words[at].plain) && at > 0 && words[at - 1].kind == Word::Kind::mark;
}

// "In our run both printed different numbers, because a partition has one owner": what was seen in somebody's
// own setup is no claim, but the reason for it is one.
void drop_anecdote(std::vector<Word>& words, const Guards& guards) {
  const std::vector<PhraseMatch> anecdotes = all_of(guards.anecdote, words);
  if (anecdotes.empty()) return;
  std::size_t first = words.size(), last = 0;
  for (const PhraseMatch& match : anecdotes) {
    first = std::min(first, match.words.front());
    last = std::max(last, match.words.back());
  }
  for (std::size_t at = last + 1; at < words.size(); ++at)
    if (gives_a_reason(words, at)) return erase(words, 0, at + 1);
  for (std::size_t at = 0; at < first; ++at)
    if (gives_a_consequence(words, at)) return erase(words, at, words.size());
}

// "No, a month is not the default": what is denied is another's question.
void drop_answer(std::vector<Word>& words) {
  if (words.size() > 2 && (words[0].plain == "no" || words[0].plain == "yes") && words[1].plain == ",")
    erase(words, 0, 2);
}

// "set acks to 1", but not "setting acks to 1" or "it sets acks".
bool is_command(const PhraseMatch& match, const SentenceReading& reading) {
  const std::size_t at = match.words.front();
  const std::string& plain = reading.words[at].plain;
  if (plain.ends_with("ing") || plain.ends_with("ed") || plain.ends_with(")") || plain.ends_with("ion") ||
      plain.ends_with("ment") || (plain.ends_with("s") && !plain.ends_with("ss")))
    return false;
  return at == 0 || reading.words[at - 1].kind == Word::Kind::mark || reading.words[at - 1].plain == "please";
}

// "Topics are created automatically when:"
bool leads_to_a_list(const std::vector<Word>& words) {
  static const std::set<std::string, std::less<>> kLeading{"when", "if", "unless", "whether"};
  const bool has_colon = words.size() > 1 && words.back().plain == ":";
  return kLeading.contains(words[words.size() - (has_colon ? 2 : 1)].plain);
}

// "Should the leader fail, a follower takes over."
bool is_inverted_condition(const std::vector<Word>& words) {
  const auto is_comma = [](const Word& word) { return word.plain == ","; };
  return words[0].plain == "should" && words.back().plain != "?" && std::ranges::any_of(words, is_comma);
}

// "What you commit is the offset of the next record", but not "what acks=all is" nor "what is acks".
bool is_cleft(const std::vector<Word>& words) {
  if (words[0].plain != "what" || words.size() < 4) return false;
  const auto is_verb = [](const Word& word) { return word.plain == "is" || word.plain == "are"; };
  return !is_verb(words[1]) && std::any_of(words.begin() + 3, words.end() - 1, is_verb);
}

bool is_no_claim(const SentenceReading& reading, const Guards& guards) {
  const auto any = [&](const std::vector<Phrase>& phrases, auto accepts) {
    return std::ranges::any_of(all_of(phrases, reading.words), accepts);
  };
  const auto always = [](const PhraseMatch&) { return true; };
  const auto begins = [&](const PhraseMatch& match) {  // "does" and "is", but not "doing" or "be"
    const std::string& plain = reading.words[0].plain;
    return match.words.front() == 0 && !plain.ends_with("ing") && plain != "be" &&
           !is_inverted_condition(reading.words) && !is_cleft(reading.words);
  };
  const auto is_past = [&](const PhraseMatch& match) {  // "it used to be", but not "it is used to find"
    const std::size_t at = match.words.front();
    return reading.words[at].plain != "used" || at == 0 || reading.words[at - 1].stem != "be";
  };
  return reading.words.empty() || reading.words.back().plain == "?" || leads_to_a_list(reading.words) ||
         any(guards.question, begins) || any(guards.hearsay, is_past) || any(guards.anecdote, always);
}

// "Unless you set it otherwise" is another way to say "by default".
std::vector<PhraseMatch> conditions_on(const std::vector<Word>& words, const Guards& guards) {
  std::vector<PhraseMatch> ifs = all_of(guards.condition, words);
  for (const PhraseMatch& match : all_of(guards.override, words))
    std::erase_if(ifs, [&](const PhraseMatch& condition) {
      return std::ranges::find(match.words, condition.words.front()) != match.words.end();
    });
  return ifs;
}

/// Finds what is the same for every claim in the words, which it may have none of.
void look_through(SentenceReading& reading, const Language& language) {
  reading.clauses = clauses_of(reading.words);
  reading.negations = all_of(language.guards.negation, reading.words);
  reading.hedges = all_of(language.guards.hedge, reading.words);
  reading.ifs = conditions_on(reading.words, language.guards);
  reading.defaults = all_of(language.defaults, reading.words);
  reading.conditions = conditions_in(reading.words, language);
  reading.is_hypothetical = !all_of(language.guards.hypothesis, reading.words).empty();
  reading.is_no_claim = is_no_claim(reading, language.guards);
  reading.is_of_other_system = !all_of(language.guards.other_system, reading.words).empty();
  reading.is_advice =
      std::ranges::any_of(all_of(language.guards.advice, reading.words),
                          [&](const PhraseMatch& match) { return is_command(match, reading); });
}

/// "Not in ZooKeeper but in a topic" is one part, and a table's row is one, too.
bool divides(const Word& word, const Word& before) {
  static const std::set<std::string, std::less<>> kDividing{"whereas", "while", "although", "though"};
  if (word.plain == "but") return before.plain == ",";
  if (word.kind != Word::Kind::mark) return kDividing.contains(word.plain);
  return std::string_view(";:()-").find(word.plain) != std::string_view::npos;
}

using Place = std::vector<Word>::const_iterator;

Place end_of_part(Place begin, Place end) {
  for (Place at = begin; at != end; ++at)
    if (divides(*at, at == begin ? *at : *std::prev(at))) return at;
  return end;
}

/// "The default is all - unless the broker is old", and the same in brackets.
bool is_restricted_by(Place mark, Place end) {
  static const std::set<std::string, std::less<>> kRestricting{"if", "unless", "only", "provided", "when"};
  return mark != end && (mark->plain == "-" || mark->plain == "(") && std::next(mark) != end &&
         kRestricting.contains(std::next(mark)->plain);
}

/// "If it is small: .." holds for what comes after it, up to a semicolon.
bool stands_under_a_condition(Place part, const SentenceReading& sentence) {
  return std::ranges::any_of(sentence.ifs, [&](const PhraseMatch& match) {
    const Place at = sentence.words.begin() + static_cast<std::ptrdiff_t>(match.words.front());
    const auto is_semicolon = [](const Word& word) { return word.plain == ";"; };
    return at < part && std::none_of(at, part, is_semicolon);
  });
}

SentenceReading& add_part(std::vector<SentenceReading>& parts, std::vector<Word> words,
                          const SentenceReading& sentence, const Language& language) {
  SentenceReading& part =
      parts.emplace_back(SentenceReading{.words = std::move(words), .context = sentence.context});
  look_through(part, language);
  for (const FoundCondition& condition : sentence.conditions)
    part.outer_conditions.try_emplace(condition.name, condition.value);
  return part;
}

/// "Call flush before you exit, because send only puts a record into the buffer." What is to be set is no
/// condition of why.
void add_reason(std::vector<SentenceReading>& parts, const SentenceReading& sentence,
                const Language& language) {
  const std::vector<Word>& words = sentence.words;
  for (std::size_t at = 1; at + 3 < words.size(); ++at) {
    const Place reason = words.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    if (!gives_a_reason(words, at) || words[at - 1].plain == "not") continue;
    if (stands_under_a_condition(reason, sentence)) continue;
    SentenceReading& part = add_part(parts, {reason, words.end()}, sentence, language);
    std::erase_if(part.outer_conditions, [](const auto& condition) {
      return condition.first != "client" && condition.first != "kafka";
    });
    return;
  }
}

}  // namespace

std::vector<SentenceReading> parts_of(const SentenceReading& sentence, const Language& language) {
  constexpr std::ptrdiff_t kFewest = 3;  // words that say something
  std::vector<SentenceReading> parts;
  const std::vector<Word>& words = sentence.words;
  for (Place begin = words.begin(); begin != words.end();) {
    const Place end = end_of_part(begin, words.end());
    const bool is_part = end - begin >= kFewest && end - begin < std::ssize(words) - 1;
    if (is_part && !is_restricted_by(end, words.end()) && !stands_under_a_condition(begin, sentence))
      add_part(parts, {begin, end}, sentence, language);
    begin = end == words.end() ? end : end + 1;
  }
  if (sentence.is_advice) add_reason(parts, sentence, language);
  return parts;
}

SentenceReading read_sentence(std::string_view sentence, std::string_view context, const Language& language) {
  SentenceReading reading{.words = words_of(sentence), .context = words_of(context)};
  // The nearest of what it stands under counts.
  if (reading.context.size() > kMostWords)
    reading.context.erase(reading.context.begin(), reading.context.end() - kMostWords);
  if (reading.words.empty() || reading.words.size() > kMostWords) {
    reading.is_no_claim = true;
    return reading;
  }
  drop_answer(reading.words);
  drop_contrast(reading.words, language.guards);
  drop_anecdote(reading.words, language.guards);
  look_through(reading, language);
  return reading;
}

}  // namespace klab
