#pragma once

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "runners/wire/message_spec.hpp"

namespace klab {

/// A spec says something this compiler does not know. The message names file and keyword.
struct SpecError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A field as its file has it; `struct_name` leads to its fields.
struct SpecField {
  std::string name = {};
  FieldType type = FieldType::structure;
  bool is_array = false;
  std::string struct_name = {};
  VersionRange versions = {};
  VersionRange nullable = {};
  VersionRange tagged = {};
  int tag = -1;
  bool is_never_flexible = false;
  bool is_null_by_default = false;
  std::int64_t default_integer = 0;
  std::string default_text = {};
};

using SpecFields = std::vector<SpecField>;

/// A file as it is. Names of structs are unique in one message only, so each file has its own.
struct SpecFile {
  std::string name = {};
  MessageKind kind = MessageKind::data;
  int api_key = -1;
  VersionRange valid = {};
  VersionRange flexible = {};
  bool is_highest_unstable = false;
  SpecFields fields = {};
  std::map<std::string, SpecFields> structs = {};
};

/// Throws SpecError. The format is described in kafka's common/message/README.md; the keywords are those of
/// MessageSpec.java, StructSpec.java and FieldSpec.java.
SpecFile read_spec_file(const std::filesystem::path& file);
SpecFile parse_spec(const std::string& text, const std::string& file);

}  // namespace klab
