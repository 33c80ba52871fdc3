#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "runners/wire/codecs/decompressors.hpp"

namespace klab {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

}  // namespace

// A stream may have several members (RFC 1952), which java.util.zip.GZIPInputStream reads as one.
Decompressed decompress_gzip(std::string_view bytes, std::size_t limit, std::string& text) {
  z_stream stream{};
  if (bytes.size() > std::numeric_limits<uInt>::max() || inflateInit2(&stream, kGzipOnly) != Z_OK)
    return DecodeError{"gzip cannot begin"};
  const std::unique_ptr<z_stream, InflateEnd> closer(&stream);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib reads only
  stream.avail_in = static_cast<uInt>(bytes.size());
  OutputStep step;
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(step.data());
    stream.avail_out = static_cast<uInt>(step.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    text.append(step.data(), step.size() - stream.avail_out);
    if (text.size() > limit) return beyond(limit);
    if (status == Z_STREAM_END && stream.avail_in == 0) return std::nullopt;
    if (status == Z_STREAM_END)
      inflateReset(&stream);
    else if (status != Z_OK)
      return DecodeError{"gzip: " + std::string(stream.msg == nullptr ? "the end is missing" : stream.msg),
                         stream.total_in};
  }
}

}  // namespace klab
