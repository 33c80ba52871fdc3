#include <algorithm>
#include <functional>
#include <set>

#include "claims/phrase.hpp"

namespace klab {
namespace {

using Piece = Phrase::Piece;
using Sequence = Phrase::Sequence;
using Rest = std::function<bool(std::size_t at)>;

// They carry nothing that a phrase is about.
bool may_be_passed_over(const Word& word) {
  static const std::set<std::string, std::less<>> kFillers{
      "the",       "a",    "an",    "its",        "their", "this",      "these",    "also",    "then",
      "therefore", "thus", "hence", "simply",     "just",  "basically", "actually", "however", "so",
      "both",      "own",  "very",  "same-named", "such",  "given",     "that"};
  return kFillers.contains(word.plain);
}

bool ends_gap(const Word& word) {
  if (word.plain == "but" || word.plain == "whereas") return true;
  return word.kind == Word::Kind::mark && std::string_view(";?|").find(word.plain) != std::string_view::npos;
}

/// Tries to read a phrase from one word on, with backtracking.
class Attempt {
 public:
  explicit Attempt(const std::vector<Word>& sentence) : sentence_(sentence) {}

  bool reads(const Sequence& sequence, std::size_t at) {
    return follow(sequence, 0, at, [](std::size_t) { return true; });
  }

  PhraseMatch match = {};

 private:
  bool follow(const Sequence& sequence, std::size_t index, std::size_t at, const Rest& rest) {
    if (index == sequence.size()) return rest(at);
    const Rest next = [&](std::size_t after) { return follow(sequence, index + 1, after, rest); };
    return take(sequence[index], at, next);
  }

  bool take(const Piece& piece, std::size_t at, const Rest& rest) {
    switch (piece.kind) {
      case Piece::Kind::word:
        return take_word(piece, at, rest);
      case Piece::Kind::choice:
        return take_choice(piece, at, rest);
      case Piece::Kind::gap:
        return take_gap(piece, at, rest);
      case Piece::Kind::quantity:
        return take_quantity(piece, at, rest);
    }
    return false;
  }

  bool take_word(const Piece& piece, std::size_t at, const Rest& rest) {
    for (; at < sentence_.size(); ++at) {
      if (sentence_[at].stem == piece.stem) return with_words(at, 1, rest);
      if (!is_begun() || !may_be_passed_over(sentence_[at])) return false;
    }
    return false;
  }

  bool take_choice(const Piece& piece, std::size_t at, const Rest& rest) {
    for (std::size_t i = 0; i < piece.choices.size(); ++i) {
      const std::string before = match.value;
      const Rest with_value = [&](std::size_t after) {
        const std::string inner = match.value;
        if (!piece.values.empty()) match.value = piece.values[i];
        if (rest(after)) return true;
        match.value = inner;
        return false;
      };
      if (follow(piece.choices[i], 0, at, with_value)) return true;
      match.value = before;
    }
    return false;
  }

  bool take_gap(const Piece& piece, std::size_t at, const Rest& rest) {
    for (std::size_t passed = 0; passed <= piece.most && at <= sentence_.size(); ++at) {
      if (rest(at)) return true;
      if (at == sentence_.size() || ends_gap(sentence_[at])) return false;
      if (!may_be_passed_over(sentence_[at])) ++passed;
    }
    return false;
  }

  bool take_quantity(const Piece& piece, std::size_t at, const Rest& rest) {
    for (; at < sentence_.size(); ++at) {
      if (const auto found = quantity_at(sentence_, at, piece.quantity, piece.unit)) {
        match.value = found->value;
        return with_words(at, found->words, rest);
      }
      if (!may_be_passed_over(sentence_[at])) return false;
    }
    return false;
  }

  bool is_begun() const { return !match.words.empty(); }

  bool with_words(std::size_t at, std::size_t count, const Rest& rest) {
    const std::size_t size = match.words.size();
    for (std::size_t i = 0; i < count; ++i) match.words.push_back(at + i);
    if (rest(at + count)) return true;
    match.words.resize(size);
    return false;
  }

  const std::vector<Word>& sentence_;
};

}  // namespace

std::vector<PhraseMatch> Phrase::find_all(const std::vector<Word>& sentence) const {
  std::vector<PhraseMatch> matches;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (!beginnings_.empty() && !std::ranges::binary_search(beginnings_, sentence[at].stem)) continue;
    Attempt attempt(sentence);
    if (attempt.reads(sequence_, at) && !attempt.match.words.empty())
      matches.push_back(std::move(attempt.match));
  }
  return matches;
}

std::optional<PhraseMatch> Phrase::find(const std::vector<Word>& sentence) const {
  std::vector<PhraseMatch> matches = find_all(sentence);
  return matches.empty() ? std::nullopt : std::optional(std::move(matches.front()));
}

}  // namespace klab
