#include <zstd.h>

#include <memory>

#include "runners/wire/codecs/decompressors.hpp"

namespace klab {
namespace {

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};
using Stream = std::unique_ptr<ZSTD_DStream, FreeStream>;

constexpr std::size_t kMaxKeptMemory = 16 * 1024 * 1024;

/// To make one costs as much as to use it; but a frame may ask for any window.
ZSTD_DStream* fresh_stream() {
  thread_local Stream stream;
  if (!stream || ZSTD_sizeof_DStream(stream.get()) > kMaxKeptMemory) stream.reset(ZSTD_createDStream());
  if (stream) ZSTD_DCtx_reset(stream.get(), ZSTD_reset_session_only);
  return stream.get();
}

}  // namespace

// One or more frames, magic 28 b5 2f fd (KIP-110). The library's own limit keeps a window at 128 MiB.
Decompressed decompress_zstd(std::string_view bytes, std::size_t limit, std::string& text) {
  ZSTD_DStream* const stream = fresh_stream();
  if (stream == nullptr) return DecodeError{"zstd cannot begin"};
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  OutputStep step;
  while (true) {
    const std::size_t used = in.pos;
    ZSTD_outBuffer out{step.data(), step.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream, &out, &in);
    text.append(step.data(), out.pos);
    if (ZSTD_isError(status)) return DecodeError{fmt::format("zstd: {}", ZSTD_getErrorName(status)), in.pos};
    if (text.size() > limit) return beyond(limit);
    if (status == 0 && in.pos == in.size) return std::nullopt;
    if (in.pos == used && out.pos == 0) return DecodeError{"zstd: the end is missing", in.pos};
  }
}

}  // namespace klab
