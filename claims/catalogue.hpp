#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "claims/default_phrase.hpp"
#include "claims/language.hpp"
#include "claims/phrase.hpp"

namespace klab {

/// One thing that may be said in answer to a claim's question. A question may have several sides, its
/// aspects: whether offsets are committed automatically, and how often. Answers of different aspects do not
/// contradict each other.
struct Answer {
  std::string aspect = {};              ///< empty for the claim's main one
  std::string value = {};               ///< "all"; empty where it is a quantity
  std::string says = {};                ///< the answer as a sentence, with {value} where a quantity goes
  std::vector<std::string> words = {};  ///< phrases for the value, where a pattern has a slot for it
  std::optional<Quantity> quantity = {};
  std::string unit = {};  ///< of a bare number, such as "ms"
};

/// How an answer is said. A sentence says it when every phrase of `when` stands in it, none of `unless` does,
/// and one of `about`, if there are any, stands in it or in what it is under: a heading, the question it
/// answers.
struct Pattern {
  std::string aspect = {}, value = {};  ///< an empty value is the one in the slot
  std::vector<Phrase> when = {}, unless = {}, about = {};
  /// What "not" makes of it: a value, "!" for anything but the value, empty for no claim
  std::string negated = {};
  /// That something can happen: neither "may" nor "if" takes anything from it
  bool is_of_possibility = false;
  bool is_of_advice = false;  ///< it may be said as advice: "restart connectors over REST"
  std::map<std::string, std::string> settings = {};  ///< that it speaks of
};

/// A sentence that a catalogue file gives as an example, with what is said in it.
struct Example {
  std::string sentence = {};
  std::vector<std::string> says = {};  ///< as in an explicit mark, without the id: "all", "interval = 5 s"
};

struct Claim {
  std::string id = {};  ///< "acks.default"
  std::string question = {};
  std::string measured_by = {};
  std::vector<Answer> answers = {};
  std::vector<Phrase> unless = {};  ///< where one of them stands, none of the patterns is found
  std::vector<Pattern> patterns = {};
  std::vector<DefaultPhrase> defaults = {};
  std::vector<Example> examples = {};

  /// The answer with this value, or the quantity of this aspect; null where there is none.
  const Answer* answer(std::string_view aspect, std::string_view value) const;
  /// The only other value of its aspect; empty where there are several, or none.
  std::string opposite(std::string_view aspect, std::string_view value) const;
  bool has_aspect(std::string_view aspect) const;
};

struct Catalogue {
  Language language = {};
  std::vector<Claim> claims = {};  ///< by id

  const Claim* find(std::string_view id) const;
};

/// Reads every claim in FOLDER/catalogue/*.json with the words of FOLDER/language.json. Throws BadInput that
/// names file and field for what is malformed: an unknown field, a pattern without a phrase, a value that is
/// no answer.
Catalogue load_catalogue(const std::filesystem::path& folder);

/// A claim from the text of its file; `place` opens the messages.
Claim read_claim(std::string_view json, const Language& language, const std::string& place);

}  // namespace klab
