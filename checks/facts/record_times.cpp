#include "checks/facts/record_times.hpp"

namespace klab {
namespace {

// The year 5138, and early enough for any arithmetic in microseconds.
constexpr std::int64_t kLatestUnixMs = 100'000'000'000'000;

}  // namespace

std::optional<Moment> created_at(const History& history, const LoggedRecord& record) {
  const auto is_time = [](std::int64_t unix_ms) { return unix_ms >= 0 && unix_ms <= kLatestUnixMs; };
  if (history.started_unix_ms == 0 || !is_time(history.started_unix_ms) || !is_time(record.timestamp_ms))
    return std::nullopt;
  return std::chrono::milliseconds(record.timestamp_ms - history.started_unix_ms);
}

}  // namespace klab
