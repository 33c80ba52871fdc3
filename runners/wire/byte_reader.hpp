#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runners/wire/decoded.hpp"

namespace klab {

using Uuid = std::array<std::uint8_t, 16>;

/// Takes Kafka's primitive types off the front of some bytes, which it does not own. The first failure
/// sticks: from then on every read gives zero or nothing, so a caller may read a few things and ask once.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool failed() const { return failed_; }
  std::size_t position() const { return position_; }
  std::size_t remaining() const { return bytes_.size() - position_; }

  /// Keeps the first reason only; `position` is that of the read that went wrong.
  void fail(std::string reason, std::size_t position);
  const DecodeError& error() const { return error_; }

  std::int8_t read_int8() { return static_cast<std::int8_t>(read_big_endian<std::uint8_t>()); }
  std::int16_t read_int16() { return static_cast<std::int16_t>(read_big_endian<std::uint16_t>()); }
  std::int32_t read_int32() { return static_cast<std::int32_t>(read_big_endian<std::uint32_t>()); }
  std::int64_t read_int64() { return static_cast<std::int64_t>(read_big_endian<std::uint64_t>()); }
  std::uint16_t read_uint16() { return read_big_endian<std::uint16_t>(); }
  std::uint32_t read_uint32() { return read_big_endian<std::uint32_t>(); }
  double read_float64();
  Uuid read_uuid();

  /// LEB128, at most 5 and 10 bytes; the signed ones are zigzag (kafka ByteUtils.java).
  std::uint32_t read_uvarint() { return static_cast<std::uint32_t>(read_leb128(32)); }
  std::int32_t read_varint() {
    const std::uint32_t raw = read_uvarint();
    return static_cast<std::int32_t>((raw >> 1) ^ (~(raw & 1) + 1));
  }
  std::int64_t read_varlong() {
    const std::uint64_t raw = read_leb128(64);
    return static_cast<std::int64_t>((raw >> 1) ^ (~(raw & 1) + 1));
  }

  /// Views into the bytes. Fails where there are not as many.
  std::string_view read_bytes(std::size_t count) {
    if (failed_ || count > remaining()) return refuse_bytes(count);
    position_ += count;
    return bytes_.substr(position_ - count, count);
  }

 private:
  template <typename Unsigned>
  Unsigned read_big_endian() {
    Unsigned value = 0;
    for (const char byte : read_bytes(sizeof(Unsigned)))
      value =
          static_cast<Unsigned>((static_cast<std::uint64_t>(value) << 8) | static_cast<std::uint8_t>(byte));
    return value;
  }

  /// Most numbers are one or two bytes; all else is rare enough to be a call.
  std::uint64_t read_leb128(int bits) {
    if (failed_ || remaining() < 2) return read_longer_leb128(bits);
    const auto first = static_cast<std::uint8_t>(bytes_[position_]);
    const auto second = static_cast<std::uint8_t>(bytes_[position_ + 1]);
    if (first >= 0x80 && second >= 0x80) return read_longer_leb128(bits);
    position_ += first < 0x80 ? 1 : 2;
    return first < 0x80 ? first : (first & 0x7fu) | std::uint64_t{second} << 7;
  }

  std::uint64_t read_longer_leb128(int bits);
  std::string_view refuse_bytes(std::size_t count);

  std::string_view bytes_;
  std::size_t position_ = 0;
  bool failed_ = false;
  DecodeError error_ = {};
};

}  // namespace klab
