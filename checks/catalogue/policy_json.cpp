#include "checks/catalogue/policy_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "checks/catalogue/catalogue.hpp"
#include "checks/catalogue/evidence_kinds.hpp"
#include "checks/json/json_fields.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr std::array kFields{"idempotent",   "max_in_flight",  "retries",   "isolation",
                             "at_most_once", "clean_handover", "reset",     "fixed_partitioning",
                             "compacted",    "clock_error_us", "stable_us", "lag_us",
                             "require",      "classes"};

template <typename Value, std::size_t Count>
Value one_of(const JsonFields& in, const std::string& name, const std::array<Value, Count>& known) {
  const std::string text = in.text(name);
  std::vector<std::string_view> names;
  for (const Value value : known) {
    if (text == name_of(value)) return value;
    names.push_back(name_of(value));
  }
  throw in.error(name, fmt::format("{}", fmt::join(names, " or ")));
}

std::int64_t not_negative(const JsonFields& in, const std::string& name) {
  return static_cast<std::int64_t>(in.count(name));
}

void read_flag(const JsonFields& in, const std::string& name, bool& value) {
  if (in.has_value(name)) value = in.flag(name);
}

void read_count(const JsonFields& in, const std::string& name, auto& value) {
  if (in.has_value(name)) value = not_negative(in, name);
}

void refuse_unknown_fields(const JsonFields& in) {
  for (const std::string& name : in.names())
    if (std::ranges::find(kFields, name) == kFields.end())
      throw in.error(name, fmt::format("one of the fields {}", fmt::join(kFields, ", ")));
}

std::vector<std::string> read_required(const JsonFields& in) {
  std::vector<std::string> required = in.texts("require");
  std::vector<std::string_view> known;
  for (const EvidenceKind& kind : evidence_kinds()) known.push_back(kind.name);
  for (const std::string& name : required)
    if (std::ranges::find(known, name) == known.end())
      throw in.error("require", fmt::format("a list of some of {}", fmt::join(known, ", ")));
  return required;
}

std::map<std::string, CheckClass> read_classes(const JsonFields& in) {
  std::map<std::string, CheckClass> classes;
  for (const std::string& name : in.names()) {
    if (!is_check(name)) throw in.error(name, "the name of a check");
    classes[name] = one_of(in, name, std::array{CheckClass::fail, CheckClass::info, CheckClass::off});
  }
  return classes;
}

ordered_json absent_or(const auto& value) { return value ? ordered_json(*value) : ordered_json(nullptr); }

}  // namespace

Policy read_policy(const std::string& text, const std::string& source) {
  const JsonFields in = JsonFields::parse(text, source);
  refuse_unknown_fields(in);
  Policy policy;
  if (in.has_value("idempotent")) policy.idempotent = in.flag("idempotent");
  read_count(in, "max_in_flight", policy.max_in_flight);
  if (policy.max_in_flight == 0) throw in.error("max_in_flight", "a number of at least 1");
  read_count(in, "retries", policy.retries);
  if (in.has_value("isolation"))
    policy.isolation =
        one_of(in, "isolation", std::array{Isolation::read_uncommitted, Isolation::read_committed});
  read_flag(in, "at_most_once", policy.at_most_once);
  read_flag(in, "clean_handover", policy.clean_handover);
  if (in.has_value("reset"))
    policy.reset =
        one_of(in, "reset", std::array{ResetPolicy::earliest, ResetPolicy::latest, ResetPolicy::none});
  read_flag(in, "fixed_partitioning", policy.fixed_partitioning);
  read_flag(in, "compacted", policy.compacted);
  read_count(in, "clock_error_us", policy.clock_error_us);
  read_count(in, "stable_us", policy.stable_us);
  read_count(in, "lag_us", policy.lag_us);
  if (in.has_value("require")) policy.require = read_required(in);
  if (in.has_value("classes")) policy.classes = read_classes(in.object("classes"));
  return policy;
}

ordered_json to_json(const Policy& policy) {
  ordered_json classes = ordered_json::object();
  for (const auto& [name, check_class] : policy.classes) classes[name] = name_of(check_class);
  return {{"idempotent", absent_or(policy.idempotent)},
          {"max_in_flight", absent_or(policy.max_in_flight)},
          {"retries", absent_or(policy.retries)},
          {"isolation", name_of(policy.isolation)},
          {"at_most_once", policy.at_most_once},
          {"clean_handover", policy.clean_handover},
          {"reset", policy.reset ? ordered_json(name_of(*policy.reset)) : ordered_json(nullptr)},
          {"fixed_partitioning", policy.fixed_partitioning},
          {"compacted", policy.compacted},
          {"clock_error_us", policy.clock_error_us},
          {"stable_us", policy.stable_us},
          {"lag_us", absent_or(policy.lag_us)},
          {"require", policy.require},
          {"classes", classes}};
}

}  // namespace klab
