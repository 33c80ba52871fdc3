#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "claims/phrase.hpp"

namespace klab {

/// What makes a sentence something else than a plain claim about Kafka, whatever claim it is.
struct Guards {
  std::vector<Phrase> negation = {}, hedge = {}, hearsay = {}, advice = {}, anecdote = {}, other_system = {},
                      contrast = {}, question = {}, condition = {}, hypothesis = {}, override = {};
};

/// A phrase that names a client or a setting: the value that it stands for.
struct Condition {
  std::string name = {};  ///< "client", or a setting such as "enable.idempotence"
  std::string value = {};
  std::vector<Phrase> phrases = {};
};

/// What all claims share of English: groups of words, guards, and how clients and settings are named. Data,
/// in claims/language.json.
struct Language {
  Lexicon groups = {};
  Guards guards = {};
  std::vector<Phrase> defaults = {};  ///< "by default", "out of the box"
  std::vector<Condition> conditions = {};
};

/// Throws BadInput for what is malformed; `place` opens the message.
Language read_language(std::string_view json, const std::string& place);

}  // namespace klab
