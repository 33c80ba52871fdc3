#pragma once

#include <string_view>
#include <vector>

#include "checks/facts/sendings.hpp"
#include "checks/history/history.hpp"

namespace klab {

/// When the tap kept acknowledgements of a program back.
class HeldRecords {
 public:
  HeldRecords(const History& history, std::string_view program);

  /// Whether the acknowledgement of this one was kept back for at least so long. Nothing without a line of
  /// the history that says so: an acknowledgement can be slow for other reasons.
  const AcknowledgementsHeld* of(const Sending& sending, Moment at_least) const;

 private:
  std::vector<const AcknowledgementsHeld*> held_ = {};
};

}  // namespace klab
