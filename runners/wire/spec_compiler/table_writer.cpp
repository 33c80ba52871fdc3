#include "runners/wire/spec_compiler/table_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace klab {
namespace {

constexpr std::array kTypeNames{"boolean", "int8",   "int16", "uint16",  "int32", "uint32",   "int64",
                                "float64", "string", "bytes", "records", "uuid",  "structure"};
constexpr std::array kKindNames{"request", "response", "header", "data"};

std::string text_of(VersionRange range) { return fmt::format("{{{}, {}}}", range.lowest, range.highest); }

// A letter and a quote are all that names hold; a default might hold more one day.
std::string quoted(const std::string& text) {
  if (text.find_first_of("\"\\\n") != std::string::npos)
    throw SpecError("cannot write as a literal: " + text);
  return '"' + text + '"';
}

std::string integer_literal(std::int64_t value) {
  return value == std::numeric_limits<std::int64_t>::min() ? "INT64_MIN" : fmt::format("{}", value);
}

/// The tables of one message: the innermost structs first.
class MessageTables {
 public:
  explicit MessageTables(const SpecFile& file) : file_(file) {}

  std::string write() {
    write_fields("Fields", file_.fields);
    return fmt::format("namespace {} {{\n{}}}  // namespace {}\n", file_.name, text_, file_.name);
  }

 private:
  void write_struct(const std::string& name) {
    if (written_.contains(name)) return;
    if (!open_.insert(name).second) throw SpecError(file_.name + ": " + name + " contains itself");
    write_fields(name, file_.structs.at(name));
    written_.insert(name);
  }

  void write_fields(const std::string& name, const SpecFields& fields) {
    for (const SpecField& field : fields)
      if (field.type == FieldType::structure) write_struct(field.struct_name);
    if (fields.empty()) {
      text_ += fmt::format("constexpr std::array<FieldSpec, 0> k{}{{}};\n", name);
      return;
    }
    text_ += fmt::format("constexpr FieldSpec k{}[] = {{\n", name);
    for (const SpecField& field : fields) text_ += "    " + row(field);
    text_ += "};\n";
  }

  static std::string row(const SpecField& field) {
    return fmt::format("{{{}, FieldType::{}, {}, {}, {}, {}, {}, {}, {{{}, {}, {}}}, {}}},\n",
                       quoted(field.name), kTypeNames.at(static_cast<std::size_t>(field.type)),
                       field.is_array, text_of(field.versions), text_of(field.nullable),
                       text_of(field.tagged), field.tag, field.is_never_flexible, field.is_null_by_default,
                       integer_literal(field.default_integer), quoted(field.default_text),
                       field.type == FieldType::structure ? "k" + field.struct_name : "{}");
  }

  const SpecFile& file_;
  std::string text_ = {};
  std::set<std::string> open_ = {}, written_ = {};
};

std::string row_of(const SpecFile& file) {
  return fmt::format("    {{{}, MessageKind::{}, {}, {}, {}, {}, {}::kFields}},\n", quoted(file.name),
                     kKindNames.at(static_cast<std::size_t>(file.kind)), file.api_key, text_of(file.valid),
                     text_of(file.flexible), file.is_highest_unstable, file.name);
}

}  // namespace

std::string write_tables(std::vector<SpecFile> files) {
  std::ranges::sort(files, {}, &SpecFile::name);
  std::string messages, rows;
  for (const SpecFile& file : files) {
    messages += MessageTables(file).write() + "\n";
    rows += row_of(file);
  }
  return "// Made by spec_compiler from the specs in kafka-clients.jar.\n"
         "#include <array>\n#include <cstdint>\n\n#include \"runners/wire/message_spec.hpp\"\n\n"
         "namespace klab {\nnamespace {\n\n" +
         messages + "constexpr MessageSpec kMessages[] = {\n" + rows +
         "};\n\n}  // namespace\n\nstd::span<const MessageSpec> message_specs() { return kMessages; }\n\n"
         "}  // namespace klab\n";
}

}  // namespace klab
