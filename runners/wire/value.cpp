#include "runners/wire/value.hpp"

#include <stdexcept>
#include <string>

namespace klab {

const Value* Struct::find(std::string_view name) const {
  for (std::size_t i = 0; i < specs.size(); ++i)
    if (specs[i].name == name) return &values.at(i);
  return nullptr;
}

const Value& Struct::operator[](std::string_view name) const {
  if (const Value* value = find(name)) return *value;
  throw std::logic_error("no field " + std::string(name));
}

namespace {

Value absent(decltype(Value::held) held) { return {.held = std::move(held), .is_present = false}; }

Value default_struct(const FieldSpec& spec) {
  Struct structure;
  structure.specs = spec.fields;
  for (const FieldSpec& field : spec.fields) structure.values.push_back(default_of(field));
  return absent(std::move(structure));
}

}  // namespace

// MessageDataGenerator.fieldDefault; records have no other default than null.
Value default_of(const FieldSpec& spec) {
  if (spec.initial.is_null) return absent(Value::Null{});
  if (spec.is_array) return absent(Value::Array{});
  switch (spec.type) {
    case FieldType::boolean:
      return absent(spec.initial.integer != 0);
    case FieldType::float64:
      return absent(static_cast<double>(spec.initial.integer));
    case FieldType::string:
    case FieldType::bytes:
      return absent(spec.initial.text);
    case FieldType::records:
      return absent(Value::Null{});
    case FieldType::uuid:
      return absent(Uuid{});
    case FieldType::structure:
      return default_struct(spec);
    default:
      return absent(spec.initial.integer);
  }
}

}  // namespace klab
