#include <snappy.h>

#include "runners/wire/byte_reader.hpp"
#include "runners/wire/codecs/decompressors.hpp"

namespace klab {
namespace {

// snappy-java's SnappyOutputStream: the magic, two int32 of versions, then {int32 length, raw block}, 32 KiB
// each.
constexpr std::string_view kXerialMagic("\x82SNAPPY\0", 8);
constexpr std::size_t kXerialHeader = 16;
/// Three bytes copy 64 at the most (snappy's format_description.txt).
constexpr std::size_t kMostOfAByte = 22;

std::string append_block(std::string& text, std::string_view block, std::size_t limit) {
  std::size_t size = 0;
  if (!snappy::GetUncompressedLength(block.data(), block.size(), &size)) return "snappy: no length";
  if (size > limit - text.size()) return beyond(limit).reason;
  if (size > kMostOfAByte * block.size()) return "snappy: broken block";
  const std::size_t before = text.size();
  text.resize(before + size);
  if (snappy::RawUncompress(block.data(), block.size(), text.data() + before)) return "";
  return "snappy: broken block";
}

Decompressed decompress_xerial(std::string_view bytes, std::size_t limit, std::string& text) {
  ByteReader reader(bytes);
  reader.read_bytes(kXerialHeader);
  while (reader.remaining() > 0 && !reader.failed()) {
    const std::size_t start = reader.position();
    const std::string_view block = reader.read_bytes(reader.read_uint32());
    if (reader.failed()) break;
    if (std::string reason = append_block(text, block, limit); !reason.empty())
      return DecodeError{std::move(reason), start};
  }
  if (reader.failed()) return DecodeError{"snappy: " + reader.error().reason, reader.error().position};
  return std::nullopt;
}

}  // namespace

// Java frames its blocks as xerial does; librdkafka sends one bare block (rdkafka_msgset_reader.c takes
// both).
Decompressed decompress_snappy(std::string_view bytes, std::size_t limit, std::string& text) {
  if (bytes.starts_with(kXerialMagic)) return decompress_xerial(bytes, limit, text);
  if (std::string reason = append_block(text, bytes, limit); !reason.empty())
    return DecodeError{std::move(reason)};
  return std::nullopt;
}

}  // namespace klab
