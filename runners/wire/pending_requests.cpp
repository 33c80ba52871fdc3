#include "runners/wire/pending_requests.hpp"

#include <algorithm>
#include <utility>

namespace klab {
namespace {

std::size_t bytes_of(const PendingRequest& request) {
  return request.client_id ? request.client_id->size() : 0;
}

}  // namespace

void PendingRequests::add(PendingRequest request) {
  bytes_ += bytes_of(request);
  requests_.push_back(std::move(request));
  for (; requests_.size() > kMaxPending || bytes_ > kMaxPendingBytes; ++unanswered_) take_oldest();
}

bool PendingRequests::take_token() {
  if (requests_.empty() || !requests_.front().is_raw_token) return false;
  take_oldest();
  return true;
}

std::optional<PendingRequest> PendingRequests::take(std::int32_t correlation_id) {
  const std::size_t sought = std::min(requests_.size(), kMostGonePast + 1);
  const auto end = requests_.begin() + static_cast<std::ptrdiff_t>(sought);
  const auto found = std::find_if(requests_.begin(), end, [&](const PendingRequest& request) {
    return !request.is_raw_token && request.correlation_id == correlation_id;
  });
  if (found == end) return std::nullopt;
  for (auto gone_past = found - requests_.begin(); gone_past > 0; --gone_past, ++unanswered_) take_oldest();
  return take_oldest();
}

PendingRequest PendingRequests::take_oldest() {
  PendingRequest oldest = std::move(requests_.front());
  requests_.pop_front();
  bytes_ -= bytes_of(oldest);
  return oldest;
}

}  // namespace klab
