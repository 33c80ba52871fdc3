#include "runners/tap/asked_apis.hpp"

#include <algorithm>

#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

constexpr std::size_t kMost = 10'000;  // a producer without acks may send for hours and hear nothing

}  // namespace

// Tokens without any header follow SaslHandshake 0.
void AskedApis::add(const Asked& asked) {
  if (asked.api_key == kSaslHandshakeKey && asked.api_version == 0) lose();
  if (asked_.size() == kMost) asked_.pop_front();
  asked_.push_back(asked);
}

std::optional<AskedApis::Asked> AskedApis::find(std::int32_t correlation_id) {
  const auto found = std::ranges::find(asked_, correlation_id, &Asked::correlation_id);
  if (found == asked_.end()) return std::nullopt;
  asked_.erase(asked_.begin(), found);
  return asked_.front();
}

}  // namespace klab
