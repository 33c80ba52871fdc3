#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace klab {

/// socket.request.max.bytes of a broker. What claims to be longer is not Kafka's protocol, or not to be kept.
inline constexpr std::size_t kMaxFrame = 100 * 1024 * 1024;

/// Cuts a stream of bytes into frames: an int32 length, then as many bytes. The bytes may come in any pieces.
/// After a length that cannot be, nothing more can be understood, and nothing is.
class FrameCutter {
 public:
  /// Without the length; a view that is good during the call.
  using OnFrame = std::function<void(std::string_view frame)>;

  explicit FrameCutter(std::size_t max_frame = kMaxFrame) : max_frame_(max_frame) {}

  void feed(std::string_view bytes, const OnFrame& on_frame);

  bool is_lost() const { return is_lost_; }
  std::size_t unfinished_bytes() const { return unfinished_.size(); }

 private:
  /// Of the frame that begins here with its length, or kUnknown where that is not all there; sets is_lost_.
  std::size_t size_of_frame(std::string_view bytes);
  std::string_view complete_unfinished(std::string_view bytes);
  void keep_memory_of(std::string& frame);

  std::size_t max_frame_;
  std::string unfinished_ = {};
  bool is_lost_ = false;
};

}  // namespace klab
