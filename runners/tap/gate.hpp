#pragma once

#include <cstdint>
#include <string_view>

#include "runners/eventually.hpp"
#include "runners/tap/tap_observer.hpp"

namespace klab {

/// A request or a response that has reached the tap and gone no further yet. Its views are good during the
/// call that hands it over.
struct Frame {
  ConnectionId connection = 0;
  std::string_view program = {};
  Direction direction = Direction::to_broker;
  int api_key = -1;  ///< a response's are those of its request
  int api_version = -1;
  std::int32_t correlation_id = -1;
  std::size_t size = 0;            ///< on the wire, its length field included
  Clock::time_point arrived = {};  ///< its first byte
  std::string_view contents = {};  ///< without the length field; only where the gate wants_contents()
};

/// What is to become of a frame. Whatever follows it in its direction waits behind it; the other direction of
/// the connection goes on.
struct Ruling {
  enum class Kind : std::uint8_t { pass, hold, drop, cut };
  Kind kind = Kind::pass;
  Clock::time_point until = Clock::time_point::min();
  bool asks_again = false;
  std::size_t bytes_passed = 0;  ///< of a cut

  static Ruling pass() { return {}; }
  /// Pass it then, without asking again.
  static Ruling pass_at(Clock::time_point when) { return {.kind = Kind::hold, .until = when}; }
  /// Ask again when the tap wakes up for anything, Tap::reconsider() included, and then at the latest.
  static Ruling hold_until(Clock::time_point when) {
    return {.kind = Kind::hold, .until = when, .asks_again = true};
  }
  static Ruling hold() { return hold_until(Clock::time_point::max()); }
  /// It never arrives; what follows it does.
  static Ruling drop() { return {.kind = Kind::drop}; }
  /// The connection ends once so many bytes of the frame have passed: the program sees a reset; the broker
  /// gets all that had passed, and then an orderly end.
  static Ruling cut_after(std::size_t bytes) { return {.kind = Kind::cut, .bytes_passed = bytes}; }
};

/// A fault of the network, made on purpose: decides for each frame of the connections it was given to. Asked
/// on the tap's thread only, which no gate may keep waiting; what is read or switched from outside has to be
/// safe for threads.
///
/// Where frames cannot be told apart, after SaslHandshake 0 or a length that cannot be, it is not asked any
/// more and everything passes.
class Gate {
 public:
  virtual ~Gate() = default;

  virtual Ruling rule(const Frame& frame, Clock::time_point now) = 0;

  /// Whether the frame should be kept back until it is there as a whole. Larger ones than kMaxContents come
  /// without contents all the same.
  virtual bool wants_contents(const Frame&) const { return false; }
};

inline constexpr std::size_t kMaxContents = 16 * 1024 * 1024;

inline bool is_request(const Frame& frame, int api_key) {
  return frame.direction == Direction::to_broker && frame.api_key == api_key;
}
inline bool is_response(const Frame& frame, int api_key) {
  return frame.direction == Direction::to_client && frame.api_key == api_key;
}

}  // namespace klab
