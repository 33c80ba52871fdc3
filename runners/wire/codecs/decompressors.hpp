#pragma once

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "runners/wire/decoded.hpp"

namespace klab {

/// One a codec, each around the library that made the format. They add to `text` what was compressed, never
/// more than leads just beyond `limit`; where they fail, what they have added is of no use.
using Decompressed = std::optional<DecodeError>;
Decompressed decompress_gzip(std::string_view bytes, std::size_t limit, std::string& text);
Decompressed decompress_lz4(std::string_view bytes, std::size_t limit, std::string& text);
Decompressed decompress_snappy(std::string_view bytes, std::size_t limit, std::string& text);
Decompressed decompress_zstd(std::string_view bytes, std::size_t limit, std::string& text);

/// Where a library writes to before it is known how much it writes: a part of many may hold nothing, and then
/// may cost nothing.
using OutputStep = std::array<char, 64 * 1024>;

inline DecodeError beyond(std::size_t limit) {
  return {.reason = fmt::format("decompresses to more than {} bytes", limit)};
}

}  // namespace klab
