#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runners/eventually.hpp"
#include "runners/wire/conversation.hpp"

namespace klab {

/// Of one tap; never used twice.
using ConnectionId = std::uint64_t;

/// What first ended a connection.
struct Closing {
  enum class By : std::uint8_t { program, broker, tap };
  By by = By::tap;
  bool was_reset = false;  ///< by an error, and not by an orderly end of what that side had to say

  bool operator==(const Closing&) const = default;
};

/// Is told what went through a tap: on one thread of its own, one call after the other, in the order in which
/// things happened; a request always before its response. May take its time: the tap waits rather than leave
/// anything out.
class TapObserver {
 public:
  virtual ~TapObserver() = default;

  virtual void opened(ConnectionId connection, const std::string& program, Clock::time_point when) = 0;

  /// Bytes in any pieces. Those of a program are told when it sent them, whatever a gate did with them then;
  /// those of a broker when they were passed to the program, and never if they were not.
  virtual void bytes(ConnectionId connection, Direction direction, Clock::time_point when,
                     std::string_view bytes) = 0;

  /// Nothing more will be heard from the connection. `when` is when the first side ended it: what a broker
  /// said after that was said to nobody, or to a program that had nothing more to say.
  virtual void closed(ConnectionId connection, const Closing& closing, Clock::time_point when) = 0;
};

}  // namespace klab
