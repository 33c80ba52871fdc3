#include "runners/wire/codecs/codec.hpp"

#include "runners/wire/codecs/decompressors.hpp"

namespace klab {

std::string_view name_of(Codec codec) {
  switch (codec) {
    case Codec::none:
      return "none";
    case Codec::gzip:
      return "gzip";
    case Codec::snappy:
      return "snappy";
    case Codec::lz4:
      return "lz4";
    case Codec::zstd:
      return "zstd";
  }
  return "unknown";
}

namespace {

constexpr std::size_t kMaxKeptMemory = 4 * 1024 * 1024;

Decompressed decompress_into(std::string& text, Codec codec, std::string_view bytes, std::size_t limit) {
  switch (codec) {
    case Codec::none:
      break;
    case Codec::gzip:
      return decompress_gzip(bytes, limit, text);
    case Codec::snappy:
      return decompress_snappy(bytes, limit, text);
    case Codec::lz4:
      return decompress_lz4(bytes, limit, text);
    case Codec::zstd:
      return decompress_zstd(bytes, limit, text);
  }
  return DecodeError{fmt::format("codec {} is unknown", static_cast<int>(codec))};
}

}  // namespace

Decoded<std::string_view> Decompressor::decompress(Codec codec, std::string_view bytes, std::size_t limit) {
  if (codec == Codec::none) return bytes.size() > limit ? Decoded<std::string_view>(beyond(limit)) : bytes;
  if (text_.capacity() > kMaxKeptMemory) text_ = {};
  text_.clear();
  if (auto error = decompress_into(text_, codec, bytes, limit)) return *error;
  return std::string_view(text_);
}

Decoded<std::string> decompress(Codec codec, std::string_view bytes, std::size_t limit) {
  Decompressor decompressor;
  const Decoded<std::string_view> text = decompressor.decompress(codec, bytes, limit);
  return text ? Decoded<std::string>(std::string(*text)) : text.error();
}

}  // namespace klab
