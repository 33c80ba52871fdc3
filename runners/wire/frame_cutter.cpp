#include "runners/wire/frame_cutter.hpp"

#include <algorithm>
#include <utility>

#include "runners/wire/byte_reader.hpp"

namespace klab {
namespace {

constexpr std::size_t kLength = 4;
constexpr std::size_t kUnknown = 0;
constexpr std::size_t kMaxKeptMemory = 4 * 1024 * 1024;

}  // namespace

std::size_t FrameCutter::size_of_frame(std::string_view bytes) {
  if (bytes.size() < kLength) return kUnknown;
  const std::size_t size = ByteReader(bytes).read_uint32();  // a negative one is too large
  if (size > max_frame_) is_lost_ = true;
  return is_lost_ ? kUnknown : kLength + size;
}

void FrameCutter::feed(std::string_view bytes, const OnFrame& on_frame) {
  while (!bytes.empty() && !is_lost_) {
    if (unfinished_.empty()) {
      const std::size_t size = size_of_frame(bytes);
      if (size != kUnknown && size <= bytes.size()) {
        on_frame(bytes.substr(kLength, size - kLength));
        bytes.remove_prefix(size);
        continue;
      }
    }
    bytes = complete_unfinished(bytes);
    const std::size_t size = size_of_frame(unfinished_);
    if (size == kUnknown || unfinished_.size() < size) continue;
    std::string frame = std::exchange(unfinished_, {});
    on_frame(std::string_view(frame).substr(kLength));
    keep_memory_of(frame);
  }
  if (is_lost_) unfinished_ = {};
}

/// For the next frame: a megabyte a frame is common, and new memory for each costs more than to decode it.
void FrameCutter::keep_memory_of(std::string& frame) {
  if (!unfinished_.empty() || frame.capacity() > kMaxKeptMemory) return;
  frame.clear();
  unfinished_ = std::move(frame);
}

/// Takes what the unfinished frame, or its length, lacks; returns what is left.
std::string_view FrameCutter::complete_unfinished(std::string_view bytes) {
  const std::size_t size = size_of_frame(unfinished_);
  const std::size_t wanted = (size == kUnknown ? kLength : size) - unfinished_.size();
  const std::size_t taken = std::min(wanted, bytes.size());
  unfinished_.append(bytes.substr(0, taken));
  return bytes.substr(taken);
}

}  // namespace klab
