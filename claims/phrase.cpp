#include "claims/phrase.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/errors.hpp"

namespace klab {
namespace {

using Piece = Phrase::Piece;
using Sequence = Phrase::Sequence;

constexpr std::size_t kShortGap = 4, kLongGap = 12;
constexpr int kDeepest = 12;  // groups within groups

/// Reads a phrase from left to right.
class PhraseReader {
 public:
  PhraseReader(std::string_view text, const Lexicon& lexicon, const ValueSlot& slot, const std::string& place,
               int depth)
      : text_(text), lexicon_(lexicon), slot_(slot), place_(place), depth_(depth) {
    if (depth > kDeepest) fail("groups that do not name each other in a circle");
  }

  Sequence whole() {
    Sequence sequence = read_sequence();
    if (at_ < text_.size()) fail("as many ( as )");
    return sequence;
  }

 private:
  [[noreturn]] void fail(const std::string& expected) const {
    throw BadInput(fmt::format("{}: phrase \"{}\": expected {}", place_, text_, expected));
  }

  bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  void skip_space() {
    while (is_at(' ')) ++at_;
  }

  std::string take_until(std::string_view stops) {
    const std::size_t end = std::min(text_.find_first_of(stops, at_), text_.size());
    const std::string taken(text_.substr(at_, end - at_));
    at_ = end;
    return taken;
  }

  Sequence read_sequence() {
    Sequence sequence;
    for (skip_space(); at_ < text_.size() && !is_at('|') && !is_at(')'); skip_space()) {
      Sequence item = read_item();
      if (is_at('?')) {
        ++at_;
        sequence.push_back({.kind = Piece::Kind::choice, .choices = {std::move(item), {}}});
      } else {
        sequence.insert(sequence.end(), item.begin(), item.end());
      }
    }
    return sequence;
  }

  Sequence read_item() {
    switch (text_[at_]) {
      case '(':
        return {read_choice()};
      case '@':
        ++at_;
        return {group(take_until(" ?|)"))};
      case '{':
        return {read_slot()};
      case '~':
        return {read_gap()};
      default:
        return read_words(take_until(" ?|)("));
    }
  }

  Piece read_choice() {
    Piece choice{.kind = Piece::Kind::choice};
    do {
      ++at_;
      choice.choices.push_back(read_sequence());
    } while (is_at('|'));
    if (!is_at(')')) fail("a ) for every (");
    ++at_;
    return choice;
  }

  Piece read_gap() {
    ++at_;
    const bool is_long = is_at('~');
    if (is_long) ++at_;
    return {.kind = Piece::Kind::gap, .most = is_long ? kLongGap : kShortGap};
  }

  Sequence read_words(const std::string& text) const {
    Sequence sequence;
    for (const Word& word : words_of(text))
      sequence.push_back({.kind = Piece::Kind::word, .stem = word.stem});
    if (sequence.empty()) fail("words");
    return sequence;
  }

  Sequence inner(const std::string& text) const {
    return PhraseReader(text, lexicon_, slot_, place_, depth_ + 1).whole();
  }

  Piece group(const std::string& name) const {
    const auto found = lexicon_.find(name);
    if (found == lexicon_.end()) fail(fmt::format("a group of the lexicon, got @{}", name));
    Piece choice{.kind = Piece::Kind::choice};
    for (const std::string& member : found->second) choice.choices.push_back(inner(member));
    return choice;
  }

  Piece read_slot() {
    if (const std::string slot = take_until("}"); slot != "{value" || !is_at('}')) fail("the slot {value}");
    ++at_;
    if (slot_.quantity)
      return {.kind = Piece::Kind::quantity, .quantity = *slot_.quantity, .unit = slot_.unit};
    Piece choice{.kind = Piece::Kind::choice};
    for (const auto& [value, phrases] : slot_.words)
      for (const std::string& phrase : phrases) {
        choice.choices.push_back(inner(phrase));
        choice.values.push_back(value);
      }
    if (choice.choices.empty()) fail("no slot, since no value of the claim has words");
    return choice;
  }

  std::string_view text_;
  const Lexicon& lexicon_;
  const ValueSlot& slot_;
  const std::string& place_;
  int depth_;
  std::size_t at_ = 0;
};

struct Beginnings {
  std::vector<std::string> stems = {};
  bool is_any = false;
};

/// Whether the sequence may stand for nothing, so that what follows it may be the beginning as well.
bool add_beginnings(const Sequence& sequence, Beginnings& beginnings) {
  for (const Piece& piece : sequence) {
    if (piece.kind == Piece::Kind::word) {
      beginnings.stems.push_back(piece.stem);
      return false;
    }
    if (piece.kind != Piece::Kind::choice) {
      beginnings.is_any = true;
      return false;
    }
    bool may_be_nothing = false;
    for (const Sequence& choice : piece.choices) may_be_nothing |= add_beginnings(choice, beginnings);
    if (!may_be_nothing) return false;
  }
  return true;
}

std::vector<std::string> beginnings_of(const Sequence& sequence) {
  Beginnings beginnings;
  if (add_beginnings(sequence, beginnings) || beginnings.is_any) return {};
  std::ranges::sort(beginnings.stems);
  return std::move(beginnings.stems);
}

}  // namespace

Phrase::Phrase(std::string_view text, const Lexicon& lexicon, const ValueSlot& slot, const std::string& place)
    : sequence_(PhraseReader(text, lexicon, slot, place, 0).whole()), beginnings_(beginnings_of(sequence_)) {}

}  // namespace klab
