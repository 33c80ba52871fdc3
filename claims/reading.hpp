#pragma once

#include <string_view>
#include <vector>

#include "claims/conditions.hpp"
#include "claims/language.hpp"

namespace klab {

/// A sentence, and all that is the same for every claim. What is said of another system for comparison is
/// left out.
struct Reading {
  std::vector<Word> words = {}, context = {};
  std::vector<std::size_t> clauses = {};
  std::vector<PhraseMatch> negations = {}, hedges = {}, ifs = {};
  std::vector<FoundCondition> conditions = {};
  bool is_no_claim = false;      ///< a question, hearsay, of one's own setup, of another system, or empty
  bool is_advice = false;        ///< "set acks to all"
  bool is_hypothetical = false;  ///< "would"
};

Reading read_sentence(std::string_view sentence, std::string_view context, const Language& language);

}  // namespace klab
