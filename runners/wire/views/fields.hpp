#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/producer_identity.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

// Shorthands of the views. An absent field has its default, so a view need not know the version.

template <typename Number>
Number number(const Struct& from, std::string_view name) {
  return static_cast<Number>(from[name].integer());
}

inline std::optional<std::string> text_or_null(const Struct& from, std::string_view name) {
  const Value& value = from[name];
  return value.is_null() ? std::nullopt : std::optional<std::string>(value.text());
}

/// "" for null.
inline std::string text(const Struct& from, std::string_view name) {
  return text_or_null(from, name).value_or("");
}

/// Kafka's limit for the name of a topic (org.apache.kafka.common.internals.Topic).
inline constexpr std::size_t kLongestName = 249;

/// As `text`, for a name that is copied to each element of an array inside: 32 KiB of it, as the wire allows,
/// times what a frame has of elements would be gigabytes. A name that is longer than `kLongestName` is cut to
/// one byte more, and so is none that Kafka allows.
std::string repeated_name(const Struct& from, std::string_view name);

/// Of bytes or records; nothing for null.
inline std::string_view bytes(const Struct& from, std::string_view name) {
  return from[name].is_null() ? std::string_view() : from[name].text();
}

/// Nothing for null.
inline const Value::Array& elements(const Struct& from, std::string_view name) {
  static const Value::Array kNothing;
  return from[name].is_null() ? kNothing : from[name].array();
}

/// Of a structure with a ProducerId and a ProducerEpoch.
inline ProducerIdentity producer_in(const Struct& from) {
  return {number<std::int64_t>(from, "ProducerId"), number<std::int16_t>(from, "ProducerEpoch")};
}

/// The topic that a structure with a Name, a Topic or a TopicId is about; its name is a `repeated_name`.
TopicRef topic_of(const Struct& from);

std::vector<std::string> texts(const Struct& from, std::string_view name);

/// What a function makes of each structure in an array.
template <typename Function>
auto map_elements(const Struct& from, std::string_view name, Function function) {
  std::vector<decltype(function(std::declval<const Struct&>()))> results;
  for (const Value& element : elements(from, name)) results.push_back(function(element.structure()));
  return results;
}

/// What a function makes of each structure in an array of an array of topics.
template <typename Function>
auto map_partitions(const Struct& from, std::string_view topics, std::string_view partitions,
                    Function function) {
  std::vector<decltype(function(std::declval<TopicRef>(), std::declval<const Struct&>()))> results;
  for (const Value& topic : elements(from, topics))
    for (const Value& partition : elements(topic.structure(), partitions))
      results.push_back(function(topic_of(topic.structure()), partition.structure()));
  return results;
}

/// The same where the partitions are bare numbers.
std::vector<TopicPartition> topic_partitions(const Struct& from, std::string_view topics,
                                             std::string_view partitions);

}  // namespace klab
