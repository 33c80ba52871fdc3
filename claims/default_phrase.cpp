#include "claims/default_phrase.hpp"

#include <algorithm>
#include <set>

namespace klab {
namespace {

using Matches = std::vector<PhraseMatch>;

/// Words of a sentence, from `begin` to before `end`.
struct Stretch {
  std::size_t begin = 0, end = 0;

  bool holds(const PhraseMatch& match) const {
    return match.words.front() >= begin && match.words.back() < end;
  }
};

bool is_mark(const Word& word, std::string_view marks) {
  return word.kind == Word::Kind::mark && marks.find(word.plain) != std::string_view::npos;
}

bool names_a_setting(const Word& word) {
  return word.kind == Word::Kind::word && word.plain.find('.') != std::string::npos;
}

/// Around the setting, up to the next of these marks or another setting.
Stretch around(const std::vector<Word>& sentence, const PhraseMatch& setting, std::string_view marks) {
  const auto ends = [&](const Word& word) { return is_mark(word, marks) || names_a_setting(word); };
  Stretch stretch{setting.words.front(), setting.words.back() + 1};
  while (stretch.begin > 0 && !ends(sentence[stretch.begin - 1])) --stretch.begin;
  while (stretch.end < sentence.size() && !ends(sentence[stretch.end])) ++stretch.end;
  return stretch;
}

bool overlap(const PhraseMatch& left, const PhraseMatch& right) {
  return left.words.front() <= right.words.back() && right.words.front() <= left.words.back();
}

/// "From 0", "instead of 0", "rather than 0", "formerly 0".
bool is_past_or_passed_over(const std::vector<Word>& sentence, const PhraseMatch& value) {
  static const std::set<std::string, std::less<>> kBefore{"from",       "of",  "than", "formerly",
                                                          "previously", "was", "were", "not"};
  const std::size_t at = value.words.front();
  if (at == 0 || !kBefore.contains(sentence[at - 1].plain)) return false;
  return sentence[at - 1].plain != "of" || (at > 1 && sentence[at - 2].plain == "instead");
}

/// "Valid values: all, -1, 0, 1".
bool is_one_of_a_list(const std::vector<Word>& sentence, const PhraseMatch& value, std::size_t begin) {
  static const std::set<std::string, std::less<>> kListing{"valid", "possible", "allowed", "accepted"};
  return std::any_of(sentence.begin() + static_cast<std::ptrdiff_t>(begin),
                     sentence.begin() + static_cast<std::ptrdiff_t>(value.words.front()),
                     [](const Word& word) { return kListing.contains(word.plain); });
}

/// "Default: all", "defaults to all", "all (default)", "all by default".
bool stands_beside(const std::vector<Word>& sentence, const PhraseMatch& value, const PhraseMatch& marker) {
  static const std::set<std::string, std::less<>> kBetween{"value", "is", "was", "to", "of", "=",
                                                           ":",     "be", "the", "(",  "a",  "set"};
  const bool is_after = value.words.front() > marker.words.back();
  const std::size_t begin = is_after ? marker.words.back() + 1 : value.words.back() + 1;
  const std::size_t end = is_after ? value.words.front() : marker.words.front();
  if (begin > end) return false;
  for (std::size_t at = begin; at < end; ++at)
    if (is_after ? !kBetween.contains(sentence[at].plain) : !is_mark(sentence[at], "(")) return false;
  return true;
}

PhraseMatch put_together(const PhraseMatch& marker, const PhraseMatch& value) {
  PhraseMatch match{.words = marker.words, .value = value.value};
  match.words.insert(match.words.end(), value.words.begin(), value.words.end());
  return match;
}

bool is_one_value(const Matches& values) {
  return !values.empty() && std::ranges::all_of(values, [&](const PhraseMatch& match) {
    return match.value == values.front().value;
  });
}

class Stated {
 public:
  Stated(const std::vector<Word>& sentence, const PhraseMatch& setting, Stretch stretch)
      : sentence_(sentence), setting_(setting), stretch_(stretch) {}

  std::optional<PhraseMatch> with(const Matches& markers, const Matches& values) const {
    for (const PhraseMatch& marker : markers) {
      if (!stretch_.holds(marker)) continue;
      Matches here = candidates(values, marker), beside;
      std::ranges::copy_if(here, std::back_inserter(beside),
                           [&](const PhraseMatch& value) { return stands_beside(sentence_, value, marker); });
      const Matches& chosen = beside.empty() ? here : beside;
      if (is_one_value(chosen)) return put_together(marker, chosen.front());
    }
    return std::nullopt;
  }

 private:
  Matches candidates(const Matches& values, const PhraseMatch& marker) const {
    Matches here;
    std::ranges::copy_if(values, std::back_inserter(here), [&](const PhraseMatch& value) {
      return stretch_.holds(value) && !overlap(value, setting_) && !overlap(value, marker) &&
             !is_past_or_passed_over(sentence_, value) && !is_one_of_a_list(sentence_, value, stretch_.begin);
    });
    return here;
  }

  const std::vector<Word>& sentence_;
  const PhraseMatch& setting_;
  const Stretch stretch_;
};

}  // namespace

std::vector<PhraseMatch> defaults_in(const std::vector<Word>& sentence, const DefaultPhrase& phrase,
                                     const std::vector<PhraseMatch>& markers) {
  Matches found;
  if (markers.empty()) return found;
  const Matches values = phrase.value.find_all(sentence);
  for (const PhraseMatch& setting : phrase.setting.find_all(sentence))
    for (const std::string_view marks : {",;", ";"}) {
      const Stated stated(sentence, setting, around(sentence, setting, marks));
      if (auto match = stated.with(markers, values)) {
        found.push_back(std::move(*match));
        break;
      }
    }
  return found;
}

}  // namespace klab
