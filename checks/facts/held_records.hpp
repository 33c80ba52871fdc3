#pragma once

#include <cstddef>
#include <map>
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

/// How often records, by their ids, were sent to the topic again while the tap kept back the acknowledgement
/// of the time before for longer than their client waits (request.timeout.ms; it ends the connection then,
/// and does not hear an answer that comes later). Where the client is not idempotent so many copies come of
/// the tap.
std::map<std::string_view, std::size_t> sent_again_while_held(const History& history, std::string_view topic);

}  // namespace klab
