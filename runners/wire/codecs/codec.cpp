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

Decoded<std::string> decompress(Codec codec, std::string_view bytes, std::size_t limit) {
  switch (codec) {
    case Codec::none:
      return bytes.size() > limit ? Decoded<std::string>(beyond(limit)) : std::string(bytes);
    case Codec::gzip:
      return decompress_gzip(bytes, limit);
    case Codec::snappy:
      return decompress_snappy(bytes, limit);
    case Codec::lz4:
      return decompress_lz4(bytes, limit);
    case Codec::zstd:
      return decompress_zstd(bytes, limit);
  }
  return DecodeError{fmt::format("codec {} is unknown", static_cast<int>(codec))};
}

}  // namespace klab
