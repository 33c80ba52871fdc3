#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "runners/wire/byte_reader.hpp"

namespace klab {

/// A topic by what the version in use names it with: old versions have the name, new ones only the id
/// (KIP-516).
struct TopicRef {
  std::string name = {};
  Uuid id = {};

  auto operator<=>(const TopicRef&) const = default;
};

struct TopicPartition {
  TopicRef topic = {};
  std::int32_t partition = 0;

  auto operator<=>(const TopicPartition&) const = default;
};

}  // namespace klab
