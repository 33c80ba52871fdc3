#include "runners/wire/message_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace klab {
namespace {

constexpr std::int64_t kLongestString = 0x7fff;
constexpr std::int64_t kNullLength = -1;

/// Walks a table and the bytes side by side. Errors are the reader's; each level adds its name to their path.
class MessageReader {
 public:
  MessageReader(const MessageSpec& spec, int version, ByteReader& reader)
      : version_(version), is_flexible_(spec.flexible.contains(version)), reader_(reader) {}

  Struct read_struct(std::span<const FieldSpec> specs) {
    Struct result = read_fields(specs);
    if (is_flexible_ && !reader_.failed()) read_tags(result);
    return result;
  }

  /// Without what may follow in tags.
  Struct read_fields(std::span<const FieldSpec> specs) {
    Struct result;
    result.specs = specs;
    result.values.reserve(specs.size());
    for (const FieldSpec& spec : specs) {
      if (!count_value()) return result;
      result.values.push_back(is_inline(spec) ? read_field(spec) : default_of(spec));
      if (reader_.failed()) return result;
    }
    return result;
  }

  DecodeError error() const {
    DecodeError error = reader_.error();
    error.path = path_;
    return error;
  }

 private:
  bool is_inline(const FieldSpec& spec) const {
    return spec.versions.contains(version_) && !spec.tagged.contains(version_);
  }

  bool is_nullable(const FieldSpec& spec) const { return spec.nullable.contains(version_); }

  Value read_field(const FieldSpec& spec) {
    Value value = spec.is_array ? read_array(spec) : read_one(spec);
    if (reader_.failed()) path_ = path_.empty() ? std::string(spec.name) : joined(spec.name);
    return value;
  }

  std::string joined(std::string_view name) const {
    return fmt::format("{}{}{}", name, path_.starts_with('[') ? "" : ".", path_);
  }

  Value read_one(const FieldSpec& spec) {
    switch (spec.type) {
      case FieldType::boolean:
        return {reader_.read_int8() != 0};
      case FieldType::int8:
        return {std::int64_t{reader_.read_int8()}};
      case FieldType::int16:
        return {std::int64_t{reader_.read_int16()}};
      case FieldType::uint16:
        return {std::int64_t{reader_.read_uint16()}};
      case FieldType::int32:
        return {std::int64_t{reader_.read_int32()}};
      case FieldType::uint32:
        return {std::int64_t{reader_.read_uint32()}};
      case FieldType::int64:
        return {reader_.read_int64()};
      case FieldType::float64:
        return {reader_.read_float64()};
      case FieldType::uuid:
        return {reader_.read_uuid()};
      case FieldType::string:
      case FieldType::bytes:
      case FieldType::records:
        return read_text(spec);
      case FieldType::structure:
        return read_struct_field(spec);
    }
    return {};
  }

  /// int32, or int16 for a string; in flexible versions a uvarint of the length plus one. Null is -1, or
  /// uvarint 0.
  std::int64_t read_length(const FieldSpec& spec, bool is_short) {
    if (is_flexible_ && !spec.is_never_flexible) return std::int64_t{reader_.read_uvarint()} - 1;
    return is_short ? std::int64_t{reader_.read_int16()} : std::int64_t{reader_.read_int32()};
  }

  /// Whether there is something of this length to be read; fails where null or the length may not be.
  bool is_readable(const FieldSpec& spec, std::int64_t length, std::size_t start) {
    if (reader_.failed()) return false;
    if (length < kNullLength)
      reader_.fail(fmt::format("a length of {}", length), start);
    else if (length == kNullLength && !is_nullable(spec))
      reader_.fail("null where there may be none", start);
    return length >= 0 && !reader_.failed();
  }

  Value read_text(const FieldSpec& spec) {
    const std::size_t start = reader_.position();
    const bool is_string = spec.type == FieldType::string;
    const std::int64_t length = read_length(spec, is_string);
    if (!is_readable(spec, length, start)) return {};
    if (is_string && length > kLongestString)
      reader_.fail(fmt::format("a string of {} bytes", length), start);
    return {reader_.read_bytes(static_cast<std::size_t>(length))};
  }

  Value read_array(const FieldSpec& spec) {
    const std::size_t start = reader_.position();
    const std::int64_t length = read_length(spec, false);
    if (!is_readable(spec, length, start)) return {};
    if (static_cast<std::size_t>(length) > reader_.remaining())
      reader_.fail(fmt::format("{} elements in {} bytes", length, reader_.remaining()), start);
    Value::Array array;
    for (std::int64_t i = 0; i < length && !reader_.failed(); ++i) {
      array.push_back(read_element(spec));
      if (reader_.failed()) path_ = path_.empty() ? fmt::format("[{}]", i) : joined(fmt::format("[{}]", i));
    }
    return {std::move(array)};
  }

  /// Never null, whatever the field may be.
  Value read_element(const FieldSpec& spec) {
    if (!count_value()) return {};
    if (spec.type == FieldType::structure) return {read_struct(spec.fields)};
    FieldSpec element = spec;
    element.nullable = {};
    return read_one(element);
  }

  /// A structure that may be null says so in a byte before it: negative is null.
  Value read_struct_field(const FieldSpec& spec) {
    if (is_nullable(spec)) {
      const bool is_null =
          spec.tagged.contains(version_) ? reader_.read_uvarint() == 0 : reader_.read_int8() < 0;
      if (is_null || reader_.failed()) return {};
    }
    return {read_struct(spec.fields)};
  }

  /// Each structure of a flexible version ends with a count and as many of {tag, size, bytes}. Their order is
  /// not looked at: Kafka does not either.
  void read_tags(Struct& result) {
    const std::uint32_t count = reader_.read_uvarint();
    for (std::uint32_t i = 0; i < count && !reader_.failed(); ++i) {
      const std::uint32_t tag = reader_.read_uvarint();
      read_tag(result, tag, reader_.read_uvarint());
    }
  }

  void read_tag(Struct& result, std::uint32_t tag, std::uint32_t size) {
    if (reader_.failed()) return;
    const auto spec = std::ranges::find_if(result.specs, [&](const FieldSpec& field) {
      return field.tagged.contains(version_) && field.tag == static_cast<std::int64_t>(tag);
    });
    if (spec == result.specs.end()) {
      if (count_value()) result.unknown_tags.push_back({tag, reader_.read_bytes(size)});
      return;
    }
    const std::size_t end = reader_.position() + size;
    result.values[static_cast<std::size_t>(spec - result.specs.begin())] = read_field(*spec);
    if (!reader_.failed() && reader_.position() != end)
      reader_.fail(fmt::format("tag {} is not the {} bytes it says", tag, size), end - size);
  }

  bool count_value() {
    if (++values_ > kMaxValues)
      reader_.fail(fmt::format("more than {} values", kMaxValues), reader_.position());
    return !reader_.failed();
  }

  const int version_;
  const bool is_flexible_;
  ByteReader& reader_;
  std::size_t values_ = 0;
  std::string path_ = {};
};

}  // namespace

Decoded<Struct> read_message(const MessageSpec& spec, int version, ByteReader& reader) {
  if (!spec.valid.contains(version))
    return DecodeError{fmt::format("{} has no version {}", spec.name, version), reader.position()};
  MessageReader messages(spec, version, reader);
  Struct message = messages.read_struct(spec.fields);
  if (reader.failed()) return messages.error();
  return message;
}

Decoded<Struct> read_newer_message(const MessageSpec& spec, ByteReader& reader) {
  MessageReader messages(spec, spec.valid.highest, reader);
  Struct message = messages.read_fields(spec.fields);
  if (reader.failed()) return messages.error();
  return message;
}

Decoded<Struct> read_message(const MessageSpec& spec, int version, std::string_view bytes) {
  ByteReader reader(bytes);
  Decoded<Struct> message = read_message(spec, version, reader);
  if (message && reader.remaining() > 0)
    return DecodeError{fmt::format("{} bytes too many", reader.remaining()), reader.position()};
  return message;
}

}  // namespace klab
