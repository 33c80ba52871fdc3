#pragma once

#include <cstdint>
#include <deque>
#include <optional>

namespace klab {

/// The requests of a connection that were passed to the broker and may still be answered.
class AskedApis {
 public:
  struct Asked {
    int api_key = -1;
    int api_version = -1;
    std::int32_t correlation_id = -1;
  };

  void add(const Asked& asked);

  /// Requests before it will not be answered any more: a Produce without acks is not. None where nobody
  /// asked.
  std::optional<Asked> find(std::int32_t correlation_id);

  /// From here on frames cannot be told apart, in neither direction.
  void lose() { is_lost_ = true; }
  bool is_lost() const { return is_lost_; }

 private:
  std::deque<Asked> asked_ = {};
  bool is_lost_ = false;
};

}  // namespace klab
