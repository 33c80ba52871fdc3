#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "runners/wire/message_spec.hpp"
#include "runners/wire/spec_compiler/spec_file.hpp"

namespace klab {

/// "3", "3-5", "3+" or "none". Throws SpecError.
VersionRange parse_versions(const std::string& text);

/// "int32", "[]string" or the name of a struct: sets type, is_array and struct_name. Throws SpecError.
void parse_type(const std::string& text, SpecField& field);

/// A default may be written as text, number or bool: "0x7fffffff", -1, "false", "null". Throws SpecError.
void parse_default(const nlohmann::json& value, SpecField& field);

/// Numbers were written as text in some old files.
int parse_number(const nlohmann::json& value);

}  // namespace klab
