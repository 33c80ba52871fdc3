#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claims/catalogue.hpp"
#include "claims/measured.hpp"
#include "claims/statement.hpp"

namespace klab {

enum class MarkKind {
  confirmed,
  refuted,
  conditional,     ///< true under some of what was measured, false under the rest
  not_measured,    ///< no experiment has been run yet
  not_measurable,  ///< one has, but it says nothing about what the statement says
};

std::string_view name_of(MarkKind kind);  ///< "not measured"

/// What the measurements say of a statement.
struct Mark {
  MarkKind kind = MarkKind::not_measured;
  std::string says = {};                   ///< the statement as a sentence
  std::string measured = {};               ///< what was measured, or why nothing that helps was; a phrase
  std::vector<std::string> evidence = {};  ///< paths of histories
};

/// Holds a statement against what was measured. Only measurements made under the statement's own conditions
/// count: for a client, with a setting, for a version of Kafka that was measured. Where there are none the
/// statement is not measurable, never refuted.
Mark mark_of(const Statement& statement, const Claim& claim, const Measurements& measurements);

/// Why a measurement settles nothing: it is undecided, or one of its controls did not hold. Empty when it
/// may.
std::string obstacle_to(const Measurement& measurement);

/// All values that were measured, each with the circumstances in which it was found: "on (java; franz-go);
/// off (librdkafka); interval: 5 s (java)".
std::string values_text(const Measurement& measurement);

/// "acks=1, librdkafka, before Kafka 3.0"; empty without conditions.
std::string conditions_text(const std::map<std::string, std::string>& conditions);

/// A statement as a sentence: "the default of acks is 0 (kafka-python)".
std::string sentence_of(const Statement& statement, const Claim& claim);

}  // namespace klab
