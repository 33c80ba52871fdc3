#include "checks/json/json_fields.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "checks/json/json_shape.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kShown = 40;
constexpr std::size_t kMostFields = 256;  // more than any object of klab has

std::string shown(const ordered_json& value) {
  std::string text = value.dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  if (text.size() > kShown) text = text.substr(0, kShown) + "..";
  return text;
}

/// nlohmann's parser tells it what it meets. An ordered object compares each new field with all that it has:
/// half a megabyte of fields would take a minute. Of a field that is there twice it keeps one.
class FieldGuard {
 public:
  explicit FieldGuard(std::string_view place) : place_(place) {}

  bool operator()(int depth, ordered_json::parse_event_t event, const ordered_json& parsed) {
    const auto level = static_cast<std::size_t>(depth);
    if (event == ordered_json::parse_event_t::object_start) fields_.at(level + 1).clear();
    if (event == ordered_json::parse_event_t::key) add(parsed, fields_.at(level));
    return true;
  }

 private:
  void add(const ordered_json& name, std::set<std::string>& fields) const {
    if (!fields.insert(name.get<std::string>()).second)
      throw BadInput(fmt::format("{}: field {} is there twice", place_, shown(name)));
    if (fields.size() > kMostFields)
      throw BadInput(fmt::format("{}: an object of more than {} fields", place_, kMostFields));
  }

  std::string_view place_;
  std::array<std::set<std::string>, kDeepestJson + 2> fields_ = {};  ///< so far, of the object on each level
};

std::size_t fields_in(const ordered_json& value) {
  std::size_t fields = value.is_object() ? value.size() : 0;
  if (value.is_structured())
    for (const ordered_json& part : value) fields += fields_in(part);
  return fields;
}

/// A parser that tells what it meets takes twice as long, and is only needed where something is wrong.
ordered_json parsed(std::string_view text, const JsonShape& shape, std::string_view place) {
  if (shape.fields <= kMostFields) {
    ordered_json json = ordered_json::parse(text);
    if (fields_in(json) == shape.fields) return json;
  }
  return ordered_json::parse(text, FieldGuard(place));
}

}  // namespace

JsonFields JsonFields::parse(std::string_view text, std::string place) {
  const JsonShape shape = shape_of(text);
  if (shape.levels > kDeepestJson)
    throw BadInput(fmt::format("{}: nests deeper than {} levels", place, kDeepestJson));
  try {
    return {parsed(text, shape, place), place};  // copied: the errors below still need it
  } catch (const ordered_json::parse_error& error) {
    throw BadInput(fmt::format("{}: not JSON, at byte {}", place, error.byte));
  } catch (const ordered_json::out_of_range&) {
    throw BadInput(fmt::format("{}: holds a number that is too large", place));
  }
}

JsonFields::JsonFields(ordered_json object, std::string place)
    : JsonFields(std::make_shared<const ordered_json>(std::move(object)), std::move(place)) {}

JsonFields::JsonFields(std::shared_ptr<const ordered_json> object, std::string place)
    : object_(std::move(object)), place_(std::move(place)) {
  if (!object_->is_object())
    throw BadInput(fmt::format("{}: expected an object, got {}", place_, shown(*object_)));
}

bool JsonFields::has_value(const std::string& name) const {
  const auto found = object_->find(name);
  return found != object_->end() && !found->is_null();
}

std::vector<std::string> JsonFields::names() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : object_->items()) names.push_back(name);
  return names;
}

std::string JsonFields::text(const std::string& name) const {
  const ordered_json& value = field(name);
  if (!value.is_string()) throw error(name, "a text");
  return value.get<std::string>();
}

std::optional<std::string> JsonFields::optional_text(const std::string& name) const {
  if (!has(name)) return std::nullopt;
  return text(name);
}

std::vector<std::string> JsonFields::texts(const std::string& name) const {
  std::vector<std::string> texts;
  if (!has(name)) return texts;
  if (!field(name).is_array()) throw error(name, "a list of texts");
  for (const ordered_json& value : field(name)) {
    if (!value.is_string()) throw error(name, "a list of texts");
    texts.push_back(value.get<std::string>());
  }
  return texts;
}

bool JsonFields::flag(const std::string& name) const {
  const ordered_json& value = field(name);
  if (!value.is_boolean()) throw error(name, "true or false");
  return value.get<bool>();
}

double JsonFields::real(const std::string& name) const {
  const ordered_json& value = field(name);
  if (!value.is_number()) throw error(name, "a number");
  return value.get<double>();
}

std::size_t JsonFields::count(const std::string& name) const {
  const std::int64_t value = integer(name);
  if (value < 0) throw error(name, "a number that is not negative");
  return static_cast<std::size_t>(value);
}

std::vector<std::size_t> JsonFields::counts(const std::string& name) const {
  const ordered_json& value = field(name);
  if (!value.is_array()) throw error(name, "a list of numbers");
  std::vector<std::size_t> counts;
  for (const ordered_json& element : value) {
    const bool is_count = element.is_number_unsigned() &&
                          element.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max();
    if (!is_count) throw error(name, "a list of numbers");
    counts.push_back(element.get<std::size_t>());
  }
  return counts;
}

JsonFields JsonFields::object(const std::string& name) const {
  const ordered_json& value = field(name);
  if (!value.is_object()) throw error(name, "an object");
  return {shared(value), fmt::format("{}: {}", place_, name)};
}

std::vector<JsonFields> JsonFields::objects(const std::string& name) const {
  const ordered_json& value = field(name);
  if (!value.is_array()) throw error(name, "a list of objects");
  std::vector<JsonFields> objects;
  objects.reserve(value.size());
  for (const ordered_json& element : value)
    objects.push_back({shared(element), fmt::format("{}: {}[{}]", place_, name, objects.size())});
  return objects;
}

BadInput JsonFields::error(const std::string& name, const std::string& expected) const {
  const std::string actual = has(name) ? shown(object_->at(name)) : "nothing";
  return BadInput(fmt::format("{}: field \"{}\": expected {}, got {}", place_, name, expected, actual));
}

std::int64_t JsonFields::integer(const std::string& name) const {
  const ordered_json& value = field(name);
  if (value.is_number_float() && std::abs(value.get<double>()) >= 0x1p63)
    throw BadInput(
        fmt::format("{}: field \"{}\": expected a whole number, got one of more than 64 bits", place_, name));
  if (!value.is_number_integer()) throw error(name, "a whole number");
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
    throw error(name, "a smaller number");
  return value.get<std::int64_t>();
}

const ordered_json& JsonFields::field(const std::string& name) const {
  const auto found = object_->find(name);
  if (found == object_->end()) throw BadInput(fmt::format("{}: field \"{}\" is missing", place_, name));
  return *found;
}

}  // namespace klab
