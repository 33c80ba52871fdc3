#pragma once

#include <string>
#include <vector>

#include "claims/phrase.hpp"

namespace klab {

/// A setting whose default answers a claim, as sentences and tables name it, and its values.
struct DefaultPhrase {
  std::string aspect = {};  ///< of the claim
  Phrase setting, value;
};

/// Where a sentence gives the setting's default, in whatever order: "acks (default: all)", "16 KB batch.size
/// by default", "linger.ms: its default went from 0 to 5", "Setting acks, Default 1". It names the setting,
/// one of `markers` (where "default", "out of the box" stand) and one value, or several of which one stands
/// beside the marker. What stands beyond another setting's name is that one's. A match has the words of
/// marker and value.
std::vector<PhraseMatch> defaults_in(const std::vector<Word>& sentence, const DefaultPhrase& phrase,
                                     const std::vector<PhraseMatch>& markers);

}  // namespace klab
