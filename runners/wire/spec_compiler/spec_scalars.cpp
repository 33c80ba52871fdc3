#include "runners/wire/spec_compiler/spec_scalars.hpp"

#include <cctype>
#include <limits>
#include <map>

namespace klab {
namespace {

const std::map<std::string, FieldType> kTypes{
    {"bool", FieldType::boolean},  {"int8", FieldType::int8},       {"int16", FieldType::int16},
    {"uint16", FieldType::uint16}, {"int32", FieldType::int32},     {"uint32", FieldType::uint32},
    {"int64", FieldType::int64},   {"float64", FieldType::float64}, {"string", FieldType::string},
    {"bytes", FieldType::bytes},   {"records", FieldType::records}, {"uuid", FieldType::uuid},
};

/// Decimal or 0x.., the whole of the text.
std::int64_t parse_integer(const std::string& text) {
  std::size_t end = 0;
  try {
    const std::int64_t value = std::stoll(text, &end, 0);
    if (end == text.size()) return value;
  } catch (const std::logic_error&) {  // no number, or too large
  }
  throw SpecError("not a number: " + text);
}

std::int16_t parse_version(const std::string& text) {
  const std::int64_t value = parse_integer(text);
  if (value < 0 || value > std::numeric_limits<std::int16_t>::max())
    throw SpecError("not a version: " + text);
  return static_cast<std::int16_t>(value);
}

bool has_text(FieldType type) { return type == FieldType::string || type == FieldType::bytes; }

}  // namespace

VersionRange parse_versions(const std::string& text) {
  if (text == "none") return {};
  if (text.ends_with('+'))
    return {parse_version(text.substr(0, text.size() - 1)), std::numeric_limits<std::int16_t>::max()};
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) return {parse_version(text), parse_version(text)};
  return {parse_version(text.substr(0, dash)), parse_version(text.substr(dash + 1))};
}

void parse_type(const std::string& text, SpecField& field) {
  field.is_array = text.starts_with("[]");
  const std::string element = field.is_array ? text.substr(2) : text;
  if (const auto known = kTypes.find(element); known != kTypes.end()) {
    field.type = known->second;
  } else if (!element.empty() && std::isupper(static_cast<unsigned char>(element[0]))) {
    field.type = FieldType::structure;
    field.struct_name = element;
  } else {
    throw SpecError("unknown type " + text);
  }
}

void parse_default(const nlohmann::json& value, SpecField& field) {
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  if (text == "null")
    field.is_null_by_default = true;
  else if (field.type == FieldType::boolean && (text == "true" || text == "false"))
    field.default_integer = text == "true";
  else if (has_text(field.type) && !field.is_array)
    field.default_text = text;
  else if (field.is_array || field.type >= FieldType::float64)
    throw SpecError("unknown default " + text + " of " + field.name);
  else
    field.default_integer = parse_integer(text);
}

int parse_number(const nlohmann::json& value) {
  return static_cast<int>(value.is_string() ? parse_integer(value.get<std::string>())
                                            : value.get<std::int64_t>());
}

}  // namespace klab
