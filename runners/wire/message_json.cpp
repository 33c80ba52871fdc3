#include "runners/wire/message_json.hpp"

#include <cctype>

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char byte : bytes) {
    bits = (bits << 8) | static_cast<std::uint8_t>(byte);
    for (held += 8; held >= 6; held -= 6) text += alphabet[(bits >> (held - 6)) & 63];
  }
  if (held > 0) text += alphabet[(bits << (6 - held)) & 63];
  return text;
}

std::string padded(std::string text) {
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string uuid_text(const Uuid& uuid) {
  return base64({reinterpret_cast<const char*>(uuid.data()), uuid.size()}, kBase64Url);
}

std::string camel_case(std::string_view name) {
  std::string text(name);
  text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

struct JsonOf {
  const FieldSpec& spec;

  ordered_json operator()(Value::Null) const { return nullptr; }
  ordered_json operator()(bool value) const { return value; }
  ordered_json operator()(std::int64_t value) const { return value; }
  ordered_json operator()(double value) const { return value; }
  ordered_json operator()(const Uuid& value) const { return uuid_text(value); }
  ordered_json operator()(const Struct& value) const { return to_json(value); }
  ordered_json operator()(std::string_view value) const {
    return spec.type == FieldType::string ? std::string(value) : padded(base64(value, kBase64));
  }
  ordered_json operator()(const Value::Array& values) const {
    ordered_json array = ordered_json::array();
    for (const Value& value : values) array.push_back(std::visit(*this, value.held));
    return array;
  }
};

}  // namespace

ordered_json to_json(const Struct& message) {
  ordered_json object = ordered_json::object();
  for (std::size_t i = 0; i < message.specs.size(); ++i)
    if (message.values[i].is_present)
      object[camel_case(message.specs[i].name)] =
          std::visit(JsonOf{message.specs[i]}, message.values[i].held);
  for (const UnknownTag& unknown : message.unknown_tags)
    object["unknownTags"].push_back(
        {{"tag", unknown.tag}, {"bytes", padded(base64(unknown.bytes, kBase64))}});
  return object;
}

}  // namespace klab
