#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/history/event_fields.hpp"

namespace klab {

/// Adds up what an event takes besides its own fields: its texts and lists.
class EventSize {
 public:
  void operator()(const char*, const auto& value) { bytes_ += size_of(value); }
  void unless_default(const char*, const auto& value) { bytes_ += size_of(value); }
  void unless(const char*, const auto& value, const auto&) { bytes_ += size_of(value); }
  void if_there(const char*, const auto& value) { bytes_ += size_of(value); }
  void or_else(const char*, const auto& value, const char*) { bytes_ += size_of(value); }
  void not_negative(const char*, const auto& value) { bytes_ += size_of(value); }
  void either(const char*, bool, const char*, const char*) {}
  void bytes(const char*, const auto& value) { bytes_ += size_of(value); }

  std::size_t bytes() const { return bytes_; }

 private:
  static std::size_t size_of(const std::string& text) { return text.size(); }
  static std::size_t size_of(const PartitionName& partition) { return partition.topic.size(); }
  static std::size_t size_of(const auto&) { return 0; }

  template <typename T>
  static std::size_t size_of(const std::optional<T>& value) {
    return value ? size_of(*value) : 0;
  }

  template <typename T>
  static std::size_t size_of(const std::vector<T>& values) {
    std::size_t size = values.size() * sizeof(T);
    for (const T& value : values) size += size_of(value);
    return size;
  }

  std::size_t bytes_ = 0;
};

template <typename Event>
std::size_t size_in_memory(const Event& event) {
  EventSize size;
  describe(size, event);
  return sizeof(Event) + size.bytes();
}

}  // namespace klab
