#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runners/wire/decoded.hpp"

namespace klab {

/// Bits 0-2 of a batch's attributes (kafka CompressionType.java).
enum class Codec : std::uint8_t { none, gzip, snappy, lz4, zstd };

std::string_view name_of(Codec codec);

/// What was compressed. Never more than `limit` bytes: a few hundred bytes can say that they are gigabytes.
Decoded<std::string> decompress(Codec codec, std::string_view bytes, std::size_t limit);

/// The same where a batch follows another: new memory for each costs more than to decompress it. For one
/// thread at a time.
class Decompressor {
 public:
  /// Good until the next call. What was not compressed is what was given.
  Decoded<std::string_view> decompress(Codec codec, std::string_view bytes, std::size_t limit);

 private:
  std::string text_ = {};
};

}  // namespace klab
