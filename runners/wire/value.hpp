#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "runners/wire/byte_reader.hpp"
#include "runners/wire/message_spec.hpp"

namespace klab {

struct Value;

/// A tagged field that the spec in use does not know; a newer client may send it (KIP-482).
struct UnknownTag {
  std::uint32_t tag = 0;
  std::string_view bytes = {};
};

/// A message, or a structure inside one: a value for each field of its spec, in the spec's order, present or
/// not.
struct Struct {
  std::span<const FieldSpec> specs = {};
  std::vector<Value> values;  // no initialiser: Value is not complete here, and clang would want it to be
  std::vector<UnknownTag> unknown_tags = {};

  /// The field by the name it has in the spec. Throws std::logic_error where the spec has none: a misspelt
  /// name is a bug.
  const Value& operator[](std::string_view name) const;

  const Value* find(std::string_view name) const;  ///< null where the spec has none
};

/// One field as it was read. Text and bytes are views into what was read, which must outlive them.
struct Value {
  using Array = std::vector<Value>;
  using Null = std::monostate;

  std::variant<Null, bool, std::int64_t, double, std::string_view, Uuid, Array, Struct> held = {};
  bool is_present = true;  ///< false: the field was not in the bytes, and has its default

  bool is_null() const { return std::holds_alternative<Null>(held); }

  /// Throw std::bad_variant_access where the spec's type is another, or the value is null: a bug of the
  /// caller.
  bool boolean() const { return std::get<bool>(held); }
  std::int64_t integer() const { return std::get<std::int64_t>(held); }
  double real() const { return std::get<double>(held); }
  std::string_view text() const { return std::get<std::string_view>(held); }  ///< also of bytes and records
  const Uuid& uuid() const { return std::get<Uuid>(held); }
  const Array& array() const { return std::get<Array>(held); }
  const Struct& structure() const { return std::get<Struct>(held); }
};

/// What a field has where it is absent.
Value default_of(const FieldSpec& spec);

}  // namespace klab
