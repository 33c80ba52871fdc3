#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "runners/wire/frame_cutter.hpp"
#include "runners/wire/message_reader.hpp"
#include "runners/wire/pending_requests.hpp"

namespace klab {

enum class Direction : std::uint8_t { to_broker, to_client };

/// One frame of a conversation. Its views are good during the call that hands it over.
struct Spoken {
  Direction direction = Direction::to_broker;
  std::string_view frame = {};  ///< without its length
  int api_key = -1;             ///< -1 where there is none: a SASL token, a response to nothing
  int api_version = -1;         ///< of the request, and so of its response
  int body_version = -1;        ///< other than api_version only for ApiVersions newer than the broker
  std::int32_t correlation_id = -1;
  std::optional<std::string> client_id = std::nullopt;  ///< of the request, and so of its response
  std::optional<Struct> body = std::nullopt;            ///< none: opaque, and `why_opaque` says why
  DecodeError why_opaque = {};                          ///< position counts from the start of the frame
};

/// What one connection between a client and a broker says, decoded from copies of the bytes of both
/// directions. Cannot disturb anybody: what it does not understand is handed over as opaque, and counted.
/// Keeps at most a frame for each direction, and what kMaxPending allows; a body takes at most kMaxValues.
///
/// For one thread at a time. A request must be fed before its response.
class Conversation {
 public:
  using OnSpoken = std::function<void(const Spoken&)>;

  explicit Conversation(OnSpoken on_spoken) : on_spoken_(std::move(on_spoken)) {}

  void feed(Direction direction, std::string_view bytes);

  struct Counts {
    std::size_t requests = 0;
    std::size_t responses = 0;
    std::size_t opaque = 0;      ///< of both
    std::size_t unanswered = 0;  ///< requests that the broker went past, or that too many others came after
  };
  Counts counts() const;

  /// Some of the next frame has been fed, and not all.
  bool is_within_frame(Direction direction) const {
    return cutters_[static_cast<std::size_t>(direction)].unfinished_bytes() > 0;
  }

  /// A length on the wire could not be: from there on this direction is not understood.
  bool is_lost(Direction direction) const { return cutters_[static_cast<std::size_t>(direction)].is_lost(); }

 private:
  void hear_request(std::string_view frame);
  void hear_response(std::string_view frame);
  void hand_over(const Spoken& spoken);

  OnSpoken on_spoken_;
  FrameCutter cutters_[2];
  PendingRequests pending_ = {};
  bool expects_raw_tokens_ = false;
  Counts counts_ = {};
};

}  // namespace klab
