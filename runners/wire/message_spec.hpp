#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace klab {

/// The types a field may have (kafka FieldType.java). An array is a field whose elements have the type.
enum class FieldType : std::uint8_t {
  boolean,
  int8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  float64,
  string,
  bytes,
  records,
  uuid,
  structure
};

/// "3-5", "3+" (to the highest there can be), "3" or "none" (kafka Versions.java).
struct VersionRange {
  std::int16_t lowest = 0;
  std::int16_t highest = -1;

  constexpr bool contains(int version) const { return version >= lowest && version <= highest; }
  constexpr bool is_empty() const { return highest < lowest; }
  constexpr bool operator==(const VersionRange&) const = default;
};

/// What a field has where it is absent: zero, "" or an empty array, unless the spec says otherwise.
struct FieldDefault {
  bool is_null = false;
  std::int64_t integer = 0;
  std::string_view text = {};
};

struct FieldSpec {
  std::string_view name = {};
  FieldType type = FieldType::structure;
  bool is_array = false;
  VersionRange versions = {};
  VersionRange nullable = {};
  VersionRange tagged = {};
  int tag = -1;
  /// Only RequestHeader's ClientId, so that any broker can read any header (KIP-511)
  bool is_never_flexible = false;
  FieldDefault initial = {};
  std::span<const FieldSpec> fields = {};  ///< of a structure
};

enum class MessageKind : std::uint8_t { request, response, header, data };

/// One file of kafka's common/message folder.
struct MessageSpec {
  std::string_view name = {};
  MessageKind kind = MessageKind::data;
  int api_key = -1;            ///< of a request or a response
  VersionRange valid = {};     ///< empty for an API that Kafka has dropped
  VersionRange flexible = {};  ///< KIP-482: compact lengths and tagged fields
  bool is_highest_unstable = false;
  std::span<const FieldSpec> fields = {};
};

/// All of them, sorted by name. Made at build time, by spec_compiler, from the jar of the broker in use.
std::span<const MessageSpec> message_specs();

/// Null where there is none.
const MessageSpec* find_message(std::string_view name);
const MessageSpec* find_request(int api_key);
const MessageSpec* find_response(int api_key);

/// "Fetch" for 1; empty for an API that there is not.
std::string_view name_of_api(int api_key);

}  // namespace klab
