#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "claims/conditions.hpp"
#include "claims/language.hpp"

namespace klab {

/// A sentence, and all that is the same for every claim. What is said of another system for comparison is
/// left out.
struct SentenceReading {
  std::vector<Word> words = {}, context = {};
  std::vector<std::size_t> clauses = {};
  std::vector<PhraseMatch> negations = {}, hedges = {}, ifs = {};
  std::vector<PhraseMatch> defaults = {};  ///< "by default"
  std::vector<FoundCondition> conditions = {};
  std::map<std::string, std::string> outer_conditions = {};  ///< of a part: what stands elsewhere
  bool is_no_claim = false;         ///< a question, hearsay, of one's own setup, or empty
  bool is_of_other_system = false;  ///< it names one
  bool is_advice = false;           ///< "set acks to all"
  bool is_hypothetical = false;     ///< "would"
};

SentenceReading read_sentence(std::string_view sentence, std::string_view context, const Language& language);

/// What a sentence says in parts, each of which may say something by itself: what a semicolon, a colon, a
/// dash, "whereas" and the like divide, and what stands in brackets. None for a sentence that is one part.
std::vector<SentenceReading> parts_of(const SentenceReading& sentence, const Language& language);

}  // namespace klab
