#include "claims/mark.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

namespace klab {
namespace {

using Where = std::map<std::string, std::string>;

/// The values of one aspect that were measured under the same circumstances: several may be true at once.
struct Circumstance {
  Where where = {};
  std::vector<const MeasuredValue*> values = {};
};

bool means_the_same(const std::string& left, const std::string& right, const Answer* answer) {
  if (answer == nullptr || !answer->quantity) return left == right;
  return is_same_quantity(canonical_quantity(left, *answer->quantity),
                          canonical_quantity(right, *answer->quantity), *answer->quantity);
}

bool agrees(const Circumstance& circumstance, const Statement& statement, const Answer* answer) {
  const bool is_among = std::ranges::any_of(circumstance.values, [&](const MeasuredValue* value) {
    return means_the_same(value->value, statement.value, answer);
  });
  return is_among != statement.is_negated;
}

// What was measured without a client is the broker's doing and holds for each. What was measured without a
// setting was measured at its default, and says nothing about another value.
bool is_under(const MeasuredValue& value, const Where& conditions) {
  return std::ranges::all_of(conditions, [&](const auto& condition) {
    if (condition.first == "kafka") return true;
    const auto found = value.where.find(condition.first);
    return found == value.where.end() ? condition.first == "client" : found->second == condition.second;
  });
}

/// Of one aspect, under these conditions.
std::vector<Circumstance> circumstances_of(const Measurement& measurement, const std::string& aspect,
                                           const Where& conditions) {
  std::vector<Circumstance> circumstances;
  for (const MeasuredValue& value : measurement.values) {
    if (value.aspect != aspect || !is_under(value, conditions)) continue;
    const auto same = std::ranges::find(circumstances, value.where, &Circumstance::where);
    if (same == circumstances.end())
      circumstances.push_back({value.where, {&value}});
    else
      same->values.push_back(&value);
  }
  return circumstances;
}

std::vector<int> numbers_of(const std::string& version) {
  std::vector<int> numbers;
  std::istringstream in(version);
  for (int number = 0; in >> number; in.ignore(1)) numbers.push_back(number);
  return numbers;
}

/// Whether what is said of a version is said of the measured one: "since 3.0" of 4.3.0, but not "before 3.0".
bool speaks_of(const std::string& said, const std::string& measured) {
  if (said == "newer") return true;
  const std::size_t space = said.rfind(' ');
  if (space == std::string::npos) return false;
  const std::vector<int> version = numbers_of(said.substr(space + 1)), ours = numbers_of(measured);
  if (said.starts_with("since")) return version <= ours;
  if (said.starts_with("before")) return ours < version;
  if (said.starts_with("up to")) return ours <= version;
  return !version.empty() && !ours.empty() && version[0] == ours[0];
}

std::string place_text(const Where& where) { return where.empty() ? "by default" : conditions_text(where); }

/// The values, each set of them with all circumstances in which it was found: "all (java; librdkafka); 1
/// (kafka-python)".
std::string measured_text(const std::vector<Circumstance>& circumstances) {
  std::vector<std::pair<std::string, std::vector<std::string>>> places_of;
  for (const Circumstance& circumstance : circumstances) {
    std::vector<std::string> values;
    for (const MeasuredValue* value : circumstance.values) values.push_back(value->value);
    const std::string all = fmt::format("{}", fmt::join(values, ", "));
    auto same = std::ranges::find(places_of, all, [](const auto& one) { return one.first; });
    if (same == places_of.end()) same = places_of.insert(same, {all, {}});
    same->second.push_back(place_text(circumstance.where));
  }
  const bool is_always = circumstances.size() == 1 && circumstances[0].where.empty();
  std::vector<std::string> parts;
  for (const auto& [values, places] : places_of)
    parts.push_back(is_always ? values : fmt::format("{} ({})", values, fmt::join(places, "; ")));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string places_text(const std::vector<Circumstance>& circumstances, const Statement& statement,
                        const Answer* answer, bool agreeing) {
  std::vector<std::string> places;
  for (const Circumstance& circumstance : circumstances)
    if (agrees(circumstance, statement, answer) == agreeing) places.push_back(place_text(circumstance.where));
  return fmt::format("{}", fmt::join(places, "; "));
}

Mark unsettled(Mark mark, MarkKind kind, std::string reason) {
  mark.kind = kind;
  mark.measured = std::move(reason);
  return mark;
}

/// Why a measurement settles nothing for a statement; empty when it may.
std::string obstacle(const Measurement& measurement, const Statement& statement) {
  if (std::string reason = obstacle_to(measurement); !reason.empty()) return reason;
  const auto said = statement.conditions.find("kafka");
  const auto measured = measurement.versions.find("kafka");
  if (said == statement.conditions.end()) return "";
  if (measured == measurement.versions.end()) return "it is not recorded with which Kafka it was measured";
  if (!speaks_of(said->second, measured->second))
    return fmt::format("it is said of another Kafka than {}, with which it was measured", measured->second);
  return "";
}

}  // namespace

std::string_view name_of(MarkKind kind) {
  switch (kind) {
    case MarkKind::confirmed:
      return "confirmed";
    case MarkKind::refuted:
      return "refuted";
    case MarkKind::conditional:
      return "conditional";
    case MarkKind::not_measured:
      return "not measured";
    case MarkKind::not_measurable:
      return "not measurable";
  }
  return "not measurable";
}

std::string obstacle_to(const Measurement& measurement) {
  if (!measurement.undecided.empty()) return measurement.undecided;
  for (const MeasuredControl& control : measurement.controls)
    if (!control.held) return fmt::format("the control \"{}\" did not hold", control.name);
  return measurement.values.empty() ? "nothing was found" : "";
}

std::string values_text(const Measurement& measurement) {
  std::vector<std::string> aspects, parts;
  for (const MeasuredValue& value : measurement.values) {
    if (std::ranges::find(aspects, value.aspect) != aspects.end()) continue;
    aspects.push_back(value.aspect);
    parts.push_back(fmt::format("{}{}{}", value.aspect, value.aspect.empty() ? "" : ": ",
                                measured_text(circumstances_of(measurement, value.aspect, {}))));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string conditions_text(const Where& conditions) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : conditions)
    parts.push_back(name == "client"  ? value
                    : name == "kafka" ? fmt::format("{}{}Kafka", value,
                                                    value.find(' ') == std::string::npos ? " " : ", of ")
                                      : fmt::format("{}={}", name, value));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string sentence_of(const Statement& statement, const Claim& claim) {
  const Answer* answer = claim.answer(statement.aspect, statement.value);
  std::string says = answer == nullptr ? text_of(statement) : answer->says;
  if (const std::size_t slot = says.find("{value}"); slot != std::string::npos)
    says.replace(slot, std::string_view("{value}").size(), statement.value);
  const std::string conditions = conditions_text(statement.conditions);
  return fmt::format("{}{}{}", statement.is_negated ? "not so: " : "", says,
                     conditions.empty() ? "" : fmt::format(" ({})", conditions));
}

Mark mark_of(const Statement& statement, const Claim& claim, const Measurements& measurements) {
  Mark mark{.says = sentence_of(statement, claim)};
  const auto found = measurements.find(statement.claim);
  if (found == measurements.end())
    return unsettled(mark, MarkKind::not_measured,
                     fmt::format("not measured yet: klab claims run {}", statement.claim));
  if (std::string reason = obstacle(found->second, statement); !reason.empty())
    return unsettled(mark, MarkKind::not_measurable, std::move(reason));
  const std::vector<Circumstance> circumstances =
      circumstances_of(found->second, statement.aspect, statement.conditions);
  if (circumstances.empty())
    return unsettled(mark, MarkKind::not_measurable,
                     statement.conditions.empty() ? "nothing of this was measured"
                                                  : fmt::format("nothing was measured with {}",
                                                                conditions_text(statement.conditions)));
  for (const Circumstance& circumstance : circumstances)
    for (const MeasuredValue* value : circumstance.values)
      if (!value->evidence.empty()) mark.evidence.push_back(value->evidence);
  const Answer* answer = claim.answer(statement.aspect, statement.value);
  const auto agreeing = std::ranges::count_if(circumstances, [&](const Circumstance& circumstance) {
    return agrees(circumstance, statement, answer);
  });
  mark.measured = measured_text(circumstances);
  mark.kind = agreeing == 0 ? MarkKind::refuted : MarkKind::confirmed;
  if (agreeing == 0 || agreeing == std::ssize(circumstances)) return mark;
  mark.kind = MarkKind::conditional;
  mark.measured +=
      fmt::format(". True: {}; not true: {}", places_text(circumstances, statement, answer, true),
                  places_text(circumstances, statement, answer, false));
  return mark;
}

}  // namespace klab
