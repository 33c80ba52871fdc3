#include "claims/recognition.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "claims/reading.hpp"

namespace klab {
namespace {

using Places = std::set<std::size_t>;

bool is_within(const std::vector<std::size_t>& words, const Places& places) {
  return std::ranges::all_of(words, [&](std::size_t word) { return places.contains(word); });
}

bool shares_clause(const PhraseMatch& match, const Places& places, const SentenceReading& reading) {
  return std::ranges::any_of(places, [&](std::size_t place) {
    return reading.clauses[place] == reading.clauses[match.words.front()];
  });
}

/// Whether it bears on the words that a pattern was found in, and is not among them.
bool bears_on(const PhraseMatch& match, const Places& places, const SentenceReading& reading) {
  return !is_within(match.words, places) && shares_clause(match, places, reading);
}

bool is_hedged(const Places& places, const SentenceReading& reading) {
  return std::ranges::any_of(reading.hedges,
                             [&](const PhraseMatch& match) { return bears_on(match, places, reading); });
}

/// "Default: true - if set, offsets are committed in the background": a dash, and the setting explained.
bool explains_what_is_set(std::size_t at, const Places& places, const SentenceReading& reading) {
  static const std::set<std::string, std::less<>> kSet{"set", "true", "enabled", "on", "yes"};
  return at > *places.rbegin() && at + 1 < reading.words.size() && reading.words[at].plain == "if" &&
         reading.words[at - 1].plain == "-" && kSet.contains(reading.words[at + 1].plain);
}

// A clause with "if" that holds all of the pattern, or nothing of it and no condition that is understood.
bool depends_on_something(const Places& places, const SentenceReading& reading) {
  return std::ranges::any_of(reading.ifs, [&](const PhraseMatch& match) {
    const std::size_t at = match.words.front(), clause = reading.clauses[at];
    if (at > 0 && reading.words[at - 1].plain == "even") return false;
    if (explains_what_is_set(at, places, reading)) return false;
    const auto is_there = [&](std::size_t word) { return reading.clauses[word] == clause; };
    if (std::ranges::all_of(places, is_there)) return true;
    return !std::ranges::any_of(places, is_there) &&
           !std::ranges::any_of(reading.conditions, [&](const FoundCondition& condition) {
             return std::ranges::any_of(condition.words, is_there);
           });
  });
}

// "Compression is the producer's work and needs no broker": what is joined on with "and" is another thing.
bool is_in_reach(const PhraseMatch& negation, const Places& places, const SentenceReading& reading) {
  constexpr std::size_t kReach = 4;
  const std::size_t at = negation.words.front(), last = *places.rbegin();
  if (at < last) return true;
  for (std::size_t between = last + 1; between < at; ++between)
    if (reading.words[between].plain == "and" || reading.words[between].plain == "or") return false;
  return at - last <= kReach;
}

// A setting of which the pattern has a word is what it speaks of, not a condition: "idempotence is on by
// default". A client is one even so: "the Java producer is idempotent by default".
bool is_part_of(const FoundCondition& condition, const Places& places) {
  if (condition.name == "client") return is_within(condition.words, places);
  return std::ranges::any_of(condition.words, [&](std::size_t word) { return places.contains(word); });
}

std::map<std::string, std::string> conditions_of(const Pattern& pattern, const Places& places,
                                                 const SentenceReading& reading) {
  std::map<std::string, std::string> conditions = pattern.settings;
  for (const FoundCondition& condition : reading.conditions)
    if (!is_part_of(condition, places)) conditions.try_emplace(condition.name, condition.value);
  conditions.insert(reading.outer_conditions.begin(), reading.outer_conditions.end());
  return conditions;
}

// "Not" says the contrary. What "without" and "nothing" say is less sure.
bool turns_round(const PhraseMatch& negation, const SentenceReading& reading) {
  const std::string& plain = reading.words[negation.words.front()].plain;
  return plain == "not" || plain == "never" || plain == "no";
}

void negate(Statement& statement, const Pattern& pattern, const Claim& claim) {
  const std::string opposite = claim.opposite(statement.aspect, statement.value);
  if (pattern.negated != "!")
    statement.value = pattern.negated;
  else if (!opposite.empty())
    statement.value = opposite;
  else
    statement.is_negated = true;
}

bool is_found(const std::vector<Phrase>& phrases, const std::vector<Word>& words) {
  return std::ranges::any_of(phrases, [&](const Phrase& phrase) { return phrase.find(words).has_value(); });
}

bool is_about(const Pattern& pattern, const SentenceReading& reading) {
  return pattern.about.empty() || is_found(pattern.about, reading.words) ||
         is_found(pattern.about, reading.context);
}

/// A phrase may stand in a sentence twice, but not with two values.
std::optional<PhraseMatch> only_match(const Phrase& phrase, const std::vector<Word>& words) {
  std::vector<PhraseMatch> matches = phrase.find_all(words);
  if (matches.empty()) return std::nullopt;
  const bool is_one =
      std::ranges::all_of(matches, [&](const PhraseMatch& match) { return match.value == matches[0].value; });
  return is_one ? std::optional(std::move(matches[0])) : std::nullopt;
}

bool opens_concession(const Word& word, const Word& before) {
  if (word.plain == "although" || word.plain == "though") return true;
  return before.plain == "even" && (word.plain == "if" || word.plain == "when");
}

/// "It can be read, even if no follower has it": the "no" is of what makes no difference. A pattern that
/// knows of it has the word that opens the clause.
bool takes_from_a_concession(const Places& places, const SentenceReading& reading) {
  const auto is_conceded = [&](std::size_t place) {
    const std::string& plain = reading.words[place].plain;
    if (plain != "not" && plain != "no" && plain != "never") return false;
    std::size_t opening = place;
    while (opening > 0 && reading.clauses[opening - 1] == reading.clauses[place]) --opening;
    return opening > 0 && opens_concession(reading.words[opening], reading.words[opening - 1]) &&
           !places.contains(opening) && *places.begin() < opening;
  };
  return std::ranges::any_of(places, is_conceded);
}

/// What a pattern that stands at these places says, unless something about the sentence forbids it.
std::optional<Statement> statement_at(const Places& places, const std::string& value, const Pattern& pattern,
                                      const Claim& claim, const SentenceReading& reading) {
  if (reading.is_advice && !pattern.is_of_advice) return std::nullopt;
  if (takes_from_a_concession(places, reading)) return std::nullopt;
  std::vector<PhraseMatch> negations;
  std::ranges::copy_if(reading.negations, std::back_inserter(negations), [&](const PhraseMatch& match) {
    return bears_on(match, places, reading) && is_in_reach(match, places, reading);
  });
  if (!negations.empty() &&
      (pattern.negated.empty() || negations.size() > 1 || !turns_round(negations[0], reading)))
    return std::nullopt;
  if (!pattern.is_of_possibility &&
      (reading.is_hypothetical || is_hedged(places, reading) || depends_on_something(places, reading)))
    return std::nullopt;
  Statement statement{.claim = claim.id,
                      .aspect = pattern.aspect,
                      .value = value,
                      .conditions = conditions_of(pattern, places, reading)};
  if (!negations.empty()) negate(statement, pattern, claim);
  return statement;
}

std::optional<Statement> says(const Pattern& pattern, const Claim& claim, const SentenceReading& reading) {
  Places places;
  std::string value = pattern.value;
  for (const Phrase& phrase : pattern.when) {
    const std::optional<PhraseMatch> match = only_match(phrase, reading.words);
    if (!match) return std::nullopt;
    places.insert(match->words.begin(), match->words.end());
    if (pattern.value.empty() && !match->value.empty()) value = match->value;
  }
  if (is_found(pattern.unless, reading.words) || !is_about(pattern, reading)) return std::nullopt;
  return statement_at(places, value, pattern, claim, reading);
}

/// A statement, and the settings of the pattern that found it.
struct Found {
  std::map<std::string, std::string> settings = {};
  Statement statement = {};
};

bool answers_the_same(const Found& left, const Found& right) {
  return left.statement.aspect == right.statement.aspect && left.settings == right.settings;
}

bool is_equal(const Statement& left, const Statement& right) {
  return left.aspect == right.aspect && left.value == right.value && left.is_negated == right.is_negated;
}

/// Each statement once; none where two patterns read it differently.
std::vector<Statement> agreed(const std::vector<Found>& all) {
  std::vector<Statement> kept;
  for (const Found& found : all) {
    const auto contradicts = [&](const Found& other) {
      return answers_the_same(found, other) && !is_equal(found.statement, other.statement);
    };
    const auto repeats = [&](const Statement& other) { return is_equal(found.statement, other); };
    if (!std::ranges::any_of(all, contradicts) && !std::ranges::any_of(kept, repeats))
      kept.push_back(found.statement);
  }
  return kept;
}

std::vector<Found> defaults_given(const Claim& claim, const std::vector<SentenceReading>& readings) {
  std::vector<Found> found;
  for (const SentenceReading& reading : readings)
    for (const DefaultPhrase& phrase : claim.defaults)
      for (const PhraseMatch& match : defaults_in(reading.words, phrase, reading.defaults))
        if (auto statement = statement_at({match.words.begin(), match.words.end()}, match.value,
                                          {.aspect = phrase.aspect, .negated = "!"}, claim, reading))
          found.push_back({{}, std::move(*statement)});
  return found;
}

/// Where a sentence names a setting and its default, that is what it says of it, however else it could be
/// read.
std::vector<Found> find(const Claim& claim, const std::vector<SentenceReading>& readings) {
  std::vector<Found> found = defaults_given(claim, readings);
  std::set<std::string> given;
  for (const Found& one : found) given.insert(one.statement.aspect);
  for (const SentenceReading& reading : readings) {
    if (is_found(claim.unless, reading.words)) continue;
    for (const Pattern& pattern : claim.patterns)
      if (!given.contains(pattern.aspect))
        if (auto statement = says(pattern, claim, reading))
          found.push_back({pattern.settings, std::move(*statement)});
  }
  return found;
}

bool names_kafka(const SentenceReading& reading) {
  return std::ranges::any_of(reading.words, [](const Word& word) { return word.plain == "kafka"; });
}

/// The sentence and its parts, those of them that claim something about Kafka. In a sentence that names
/// another system as well, a part must name Kafka.
std::vector<SentenceReading> claiming(SentenceReading sentence, const Language& language) {
  std::vector<SentenceReading> readings;
  if (sentence.is_no_claim) return readings;
  std::vector<SentenceReading> parts = parts_of(sentence, language);
  const bool compares = sentence.is_of_other_system;
  if (!compares) readings.push_back(std::move(sentence));
  for (SentenceReading& part : parts)
    if (!part.is_no_claim && !part.is_of_other_system && (!compares || names_kafka(part)))
      readings.push_back(std::move(part));
  return readings;
}

}  // namespace

std::vector<Statement> recognise(std::string_view sentence, const Catalogue& catalogue,
                                 std::string_view context) {
  const std::vector<SentenceReading> readings =
      claiming(read_sentence(sentence, context, catalogue.language), catalogue.language);
  std::vector<Statement> statements;
  for (const Claim& claim : catalogue.claims) {
    for (Statement& statement : agreed(find(claim, readings))) statements.push_back(std::move(statement));
  }
  return statements;
}

}  // namespace klab
