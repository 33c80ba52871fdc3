#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "claims/language.hpp"

namespace klab {

/// A condition that a sentence names, and the words in which it does.
struct FoundCondition {
  std::string name = {};   ///< "client", "kafka", or a setting
  std::string value = {};  ///< "librdkafka", "before 3.0", "true"
  std::vector<std::size_t> words = {};
};

/// The clients, versions of Kafka and settings that a sentence names.
std::vector<FoundCondition> conditions_in(const std::vector<Word>& sentence, const Language& language);

/// The version of Kafka, if it names one: "since 3.0", "before 3.0", "up to 2.8", "in 2.4"; "older" or "newer" where it
/// only says that.
std::vector<FoundCondition> version_in(const std::vector<Word>& sentence);

}  // namespace klab
