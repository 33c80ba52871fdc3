#include <zstd.h>

#include <memory>

#include "runners/wire/codecs/decompressors.hpp"

namespace klab {
namespace {

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

}  // namespace

// One or more frames, magic 28 b5 2f fd (KIP-110). The library's own limit keeps a window at 128 MiB.
Decoded<std::string> decompress_zstd(std::string_view bytes, std::size_t limit) {
  const std::unique_ptr<ZSTD_DStream, FreeStream> stream(ZSTD_createDStream());
  if (!stream) return DecodeError{"zstd cannot begin"};
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string text;
  OutputStep step;
  while (true) {
    const std::size_t used = in.pos;
    ZSTD_outBuffer out{step.data(), step.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream.get(), &out, &in);
    text.append(step.data(), out.pos);
    if (ZSTD_isError(status)) return DecodeError{fmt::format("zstd: {}", ZSTD_getErrorName(status)), in.pos};
    if (text.size() > limit) return beyond(limit);
    if (status == 0 && in.pos == in.size) return text;
    if (in.pos == used && out.pos == 0) return DecodeError{"zstd: the end is missing", in.pos};
  }
}

}  // namespace klab
