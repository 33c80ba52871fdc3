#pragma once

#include <cstdint>
#include <string>

namespace klab::by_hand {

// Kafka's primitive types, for tests that write a frame themselves: not of flexible versions.

inline std::string int16(int number) { return {static_cast<char>(number >> 8), static_cast<char>(number)}; }
inline std::string int32(int number) { return int16(number >> 16) + int16(number & 0xffff); }
inline std::string int64(std::int64_t number) {
  return int32(static_cast<int>(number >> 32)) + int32(static_cast<int>(number & 0xffffffff));
}
inline std::string string(const std::string& text) { return int16(static_cast<int>(text.size())) + text; }
inline std::string bytes(const std::string& text) { return int32(static_cast<int>(text.size())) + text; }

}  // namespace klab::by_hand
