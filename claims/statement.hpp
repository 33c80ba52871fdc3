#pragma once

#include <map>
#include <string>

namespace klab {

/// What a sentence says in answer to a claim's question.
struct Statement {
  std::string claim = {};  ///< id
  std::string aspect = {};
  std::string value = {};
  bool is_negated = false;  ///< anything but the value
  /// Under what it is said to hold: "client", "kafka" ("before 3.0"), or a setting.
  std::map<std::string, std::string> conditions = {};
};

/// "acks.default = all", "offsets.auto/interval = 5 s", "acks.default != 1": the form of an explicit mark.
std::string text_of(const Statement& statement);

}  // namespace klab
