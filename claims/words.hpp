#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// One word, number or mark of punctuation of a sentence.
struct Word {
  enum class Kind { word, number, mark };

  std::string stem = {};   ///< what it is compared by: "partition" for "Partitions", "not" for "n't"
  std::string plain = {};  ///< in lower case, as it stands
  Kind kind = Kind::word;
};

/// The words of a sentence. Names of settings are one word however they are written (linger.ms, linger_ms), a
/// call is the name of what is called (producer.flush() is "producer flush"), compounds with a hyphen are
/// their parts, "doesn't" is "does not". Commas, brackets and the like are kept, since they end clauses.
std::vector<Word> words_of(std::string_view sentence);

/// A word without its ending, in lower case. No linguist's stem: good only to compare words with each other.
std::string stem_of(std::string_view lower_case);

}  // namespace klab
