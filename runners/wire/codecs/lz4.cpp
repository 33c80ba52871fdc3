#include <lz4frame.h>

#include <memory>

#include "runners/wire/codecs/decompressors.hpp"

namespace klab {
namespace {

struct FreeContext {
  void operator()(LZ4F_dctx* context) const { LZ4F_freeDecompressionContext(context); }
};
using Context = std::unique_ptr<LZ4F_dctx, FreeContext>;

Context make_context() {
  LZ4F_dctx* context = nullptr;
  const auto status = LZ4F_createDecompressionContext(&context, LZ4F_VERSION);
  return Context(LZ4F_isError(status) ? nullptr : context);
}

}  // namespace

// The frame format of lz4, magic 04 22 4d 18 (KIP-57), not bare blocks.
Decompressed decompress_lz4(std::string_view bytes, std::size_t limit, std::string& text) {
  thread_local const Context context = make_context();  // to make one costs as much as to use it
  if (!context) return DecodeError{"lz4 cannot begin"};
  LZ4F_resetDecompressionContext(context.get());
  std::size_t used = 0;
  OutputStep step;
  while (true) {
    std::size_t written = step.size(), taken = bytes.size() - used;
    const std::size_t status =
        LZ4F_decompress(context.get(), step.data(), &written, bytes.data() + used, &taken, nullptr);
    if (LZ4F_isError(status)) return DecodeError{fmt::format("lz4: {}", LZ4F_getErrorName(status)), used};
    text.append(step.data(), written);
    used += taken;
    if (text.size() > limit) return beyond(limit);
    if (status == 0) break;
    if (taken == 0 && written == 0) return DecodeError{"lz4: the end is missing", used};
  }
  if (used < bytes.size()) return DecodeError{"lz4: something follows the frame", used};
  return std::nullopt;
}

}  // namespace klab
