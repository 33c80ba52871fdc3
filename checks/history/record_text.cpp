#include "checks/history/record_text.hpp"

#include <nlohmann/json.hpp>

#include "checks/json/json_shape.hpp"

namespace klab {
namespace {

using nlohmann::json;

Fields fields_of(const json& object) {
  Fields fields;
  for (const auto& [name, value] : object.items())
    fields.emplace(name, value.dump(-1, ' ', true, json::error_handler_t::replace));
  return fields;
}

json parse(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // nlohmann takes a NUL for the end and would pass over what comes after it.
  if (text.find('\0') != std::string_view::npos || nests_too_deep(text)) return json::value_t::discarded;
  return json::parse(text, nullptr, /*allow_exceptions=*/false);
}

RecordText read(const json& value) {
  if (value.is_object()) return {RecordText::Shape::object, fields_of(value)};
  if (!value.is_string()) return {};
  const json inner = parse(value.get_ref<const std::string&>());
  if (!inner.is_object()) return {};
  return {RecordText::Shape::encoded_twice, fields_of(inner)};
}

}  // namespace

RecordText read_record_text(std::string_view text) { return read(parse(text)); }

std::vector<RecordText> read_message_text(std::string_view text) {
  const json value = parse(text);
  if (!value.is_array()) return {read(value)};
  std::vector<RecordText> records;
  for (const json& element : value) records.push_back(read(element));
  return records;
}

}  // namespace klab
