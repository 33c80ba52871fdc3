#include "runners/wire/spec_compiler/spec_file.hpp"

#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runners/wire/spec_compiler/spec_scalars.hpp"

namespace klab {
namespace {

using nlohmann::json;

/// What a keyword does to the thing it is said of. One that is not here fails the build: it might change the
/// layout.
template <typename Target>
using Keywords = std::map<std::string, std::function<void(Target&, const json&)>>;

template <typename Target>
void apply(const Keywords<Target>& keywords, const json& object, Target& target) {
  for (const auto& [keyword, value] : object.items()) {
    const auto known = keywords.find(keyword);
    if (known == keywords.end()) throw SpecError("unknown keyword \"" + keyword + "\"");
    if (known->second) known->second(target, value);
  }
}

constexpr std::nullptr_t kNoMatterHere = nullptr;  // says nothing of the bytes

SpecFields parse_fields(const json& fields, SpecFile& file);

void add_struct(SpecFile& file, const std::string& name, const json& fields) {
  SpecFields parsed = parse_fields(fields, file);
  if (!file.structs.emplace(name, std::move(parsed)).second) throw SpecError("two structs " + name);
}

const Keywords<SpecField>& field_keywords() {
  static const Keywords<SpecField> keywords{
      {"name", [](SpecField& field, const json& value) { field.name = value.get<std::string>(); }},
      {"versions", [](SpecField& field, const json& value) { field.versions = parse_versions(value); }},
      {"nullableVersions",
       [](SpecField& field, const json& value) { field.nullable = parse_versions(value); }},
      {"taggedVersions", [](SpecField& field, const json& value) { field.tagged = parse_versions(value); }},
      {"tag", [](SpecField& field, const json& value) { field.tag = parse_number(value); }},
      {"flexibleVersions",
       [](SpecField& field, const json& value) {
         if (value != "none") throw SpecError("flexibleVersions of a field is other than \"none\"");
         field.is_never_flexible = true;
       }},
      {"type", kNoMatterHere},     // read before all others
      {"default", kNoMatterHere},  // read after all others
      {"fields", kNoMatterHere},
      {"about", kNoMatterHere},
      {"entityType", kNoMatterHere},
      {"ignorable", kNoMatterHere},
      {"mapKey", kNoMatterHere},
      {"zeroCopy", kNoMatterHere},
  };
  return keywords;
}

SpecField parse_field(const json& object, SpecFile& file) {
  SpecField field;
  parse_type(object.at("type").get<std::string>(), field);
  apply(field_keywords(), object, field);
  if (!object.contains("versions")) field.versions = field.tagged;  // FieldSpec.java
  if (object.contains("default")) parse_default(object["default"], field);
  if (object.contains("fields")) add_struct(file, field.struct_name, object["fields"]);
  if (field.tagged.is_empty() != (field.tag < 0))
    throw SpecError("tag and taggedVersions go together: " + field.name);
  return field;
}

SpecFields parse_fields(const json& fields, SpecFile& file) {
  SpecFields parsed;
  for (const json& field : fields) parsed.push_back(parse_field(field, file));
  return parsed;
}

MessageKind parse_kind(const std::string& text) {
  if (text == "request") return MessageKind::request;
  if (text == "response") return MessageKind::response;
  if (text == "header") return MessageKind::header;
  if (text == "data") return MessageKind::data;
  throw SpecError("unknown type " + text);
}

const Keywords<SpecFile>& file_keywords() {
  static const Keywords<SpecFile> keywords{
      {"name", [](SpecFile& file, const json& value) { file.name = value.get<std::string>(); }},
      {"type", [](SpecFile& file, const json& value) { file.kind = parse_kind(value); }},
      {"apiKey", [](SpecFile& file, const json& value) { file.api_key = parse_number(value); }},
      {"validVersions", [](SpecFile& file, const json& value) { file.valid = parse_versions(value); }},
      {"flexibleVersions", [](SpecFile& file, const json& value) { file.flexible = parse_versions(value); }},
      {"latestVersionUnstable", [](SpecFile& file, const json& value) { file.is_highest_unstable = value; }},
      {"fields", [](SpecFile& file, const json& value) { file.fields = parse_fields(value, file); }},
      {"commonStructs",
       [](SpecFile& file, const json& value) {
         for (const json& common : value) {
           for (const auto& [keyword, ignored] : common.items())
             if (keyword != "name" && keyword != "versions" && keyword != "fields" && keyword != "about")
               throw SpecError("unknown keyword \"" + keyword + "\"");
           add_struct(file, common.at("name"), common.at("fields"));
         }
       }},
      {"listeners", kNoMatterHere},
      {"about", kNoMatterHere},
  };
  return keywords;
}

void require_every_struct(const SpecFields& fields, const SpecFile& file) {
  for (const SpecField& field : fields)
    if (field.type == FieldType::structure && !file.structs.contains(field.struct_name))
      throw SpecError("unknown type " + field.struct_name);
}

}  // namespace

SpecFile parse_spec(const std::string& text, const std::string& file) {
  try {
    SpecFile spec;
    apply(file_keywords(), json::parse(text, nullptr, true, /*ignore_comments=*/true), spec);
    require_every_struct(spec.fields, spec);
    for (const auto& [name, fields] : spec.structs) require_every_struct(fields, spec);
    return spec;
  } catch (const SpecError& error) {
    throw SpecError(file + ": " + error.what());
  } catch (const json::exception& error) {
    throw SpecError(file + ": " + error.what());
  }
}

SpecFile read_spec_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw SpecError(file.string() + ": cannot be read");
  return parse_spec({std::istreambuf_iterator<char>(in), {}}, file.filename().string());
}

}  // namespace klab
