#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "claims/quantity.hpp"
#include "claims/words.hpp"

namespace klab {

/// Groups of phrases that mean the same, by name: "message" -> "message", "record", "event". A member may use
/// other groups, but not in a circle.
using Lexicon = std::map<std::string, std::vector<std::string>>;

/// What a phrase takes a value from: the words for each value of a claim, or a quantity.
struct ValueSlot {
  std::map<std::string, std::vector<std::string>> words = {};  ///< value -> how it is said
  std::optional<Quantity> quantity = {};
  std::string unit = {};  ///< of a bare number
};

/// Where a phrase was found.
struct PhraseMatch {
  /// Of the sentence: those that the phrase names, not those in its gaps
  std::vector<std::size_t> words = {};
  std::string value = {};  ///< what stands in its slot; empty where it has none
};

/// A phrase to look for in sentences:
///   acks          this word, in any of its forms
///   (a | b c)     one of these
///   @message      one of a group of the lexicon
///   x?            or nothing
///   ~  ~~         at most 4, at most 12 words, and no semicolon, no "but"
///   {value}       what the slot says
/// Articles and the like ("the", "its", "also") may stand anywhere between its words.
class Phrase {
 public:
  /// Throws BadInput that opens with `place` for what is no phrase.
  Phrase(std::string_view text, const Lexicon& lexicon, const ValueSlot& slot, const std::string& place);

  /// The first place where it stands.
  std::optional<PhraseMatch> find(const std::vector<Word>& sentence) const;

  /// Every place, from left to right; from one word only the first way to read it.
  std::vector<PhraseMatch> find_all(const std::vector<Word>& sentence) const;

  struct Piece;
  using Sequence = std::vector<Piece>;

 private:
  Sequence sequence_;
  std::vector<std::string> beginnings_ = {};  ///< stems, in order, with which it may begin; empty: with any
};

struct Phrase::Piece {
  enum class Kind { word, choice, gap, quantity };

  Kind kind = Kind::word;
  std::string stem = {};  ///< of a word
  std::vector<Sequence> choices = {};
  std::vector<std::string> values = {};  ///< of the choices of a slot; empty for a choice that is none
  std::size_t most = 0;                  ///< of a gap
  Quantity quantity = Quantity::count;
  std::string unit = {};
};

}  // namespace klab
