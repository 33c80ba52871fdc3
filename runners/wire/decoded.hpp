#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace klab {

/// Why bytes could not be understood. A value, not an exception: it is something that was seen on the wire.
struct DecodeError {
  std::string reason = {};
  /// Of the first byte that made no sense, counted from the start of what was decoded
  std::size_t position = 0;
  std::string path = {};  ///< "Topics[2].Partitions[0].Records", empty outside messages

  bool operator==(const DecodeError&) const = default;
};

/// A value, or why there is none.
template <typename T>
class Decoded {
 public:
  Decoded(T value) : value_(std::move(value)) {}
  Decoded(DecodeError error) : error_(std::move(error)) {}

  explicit operator bool() const { return value_.has_value(); }
  T& operator*() { return value_.value(); }
  const T& operator*() const { return value_.value(); }
  T* operator->() { return &value_.value(); }
  const T* operator->() const { return &value_.value(); }

  const DecodeError& error() const { return error_; }  ///< where there is no value

 private:
  std::optional<T> value_ = std::nullopt;
  DecodeError error_ = {};
};

}  // namespace klab
