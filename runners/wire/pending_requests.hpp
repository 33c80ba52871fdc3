#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace klab {

/// More requests than this do not wait on one connection: librdkafka's queue holds 100,000 messages, and even
/// one a request they all may be under way.
inline constexpr std::size_t kMaxPending = 100'000;

/// The same for the bytes of their client ids, which are 32 KiB at the longest.
inline constexpr std::size_t kMaxPendingBytes = 16 * 1024 * 1024;

/// How far a response is sought for behind requests that got none. A broker answers in order, and goes past a
/// request only where it was not understood that none is wanted.
inline constexpr std::size_t kMostGonePast = 1000;

/// A request that waits for its response.
struct PendingRequest {
  bool is_raw_token = false;  ///< of SASL, and so without a header
  int api_key = -1;
  int api_version = -1;
  std::int32_t correlation_id = -1;
  std::optional<std::string> client_id = std::nullopt;
};

/// Those of one connection, in their order. Where a program sends without end and nobody answers, the oldest
/// are forgotten; their responses are then responses to nothing.
class PendingRequests {
 public:
  void add(PendingRequest request);

  /// Whether a token was next; it is taken.
  bool take_token();

  /// Those before it will not be answered any more: a Produce of an unknown version may have wanted no
  /// response.
  std::optional<PendingRequest> take(std::int32_t correlation_id);

  std::size_t unanswered() const { return unanswered_; }  ///< gone past, or forgotten
  std::size_t size() const { return requests_.size(); }

 private:
  PendingRequest take_oldest();

  std::deque<PendingRequest> requests_ = {};
  std::size_t bytes_ = 0;
  std::size_t unanswered_ = 0;
};

}  // namespace klab
