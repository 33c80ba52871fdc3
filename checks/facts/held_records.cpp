#include "checks/facts/held_records.hpp"

namespace klab {

HeldRecords::HeldRecords(const History& history, std::string_view program) {
  for (const AcknowledgementsHeld& held : history.acknowledgements_held)
    if (held.program == program) held_.push_back(&held);
}

const AcknowledgementsHeld* HeldRecords::of(const Sending& sending, Moment at_least) const {
  if (!sending.acknowledged || *sending.acknowledged - sending.arrived() < at_least) return nullptr;
  for (const AcknowledgementsHeld* held : held_)
    if (held->from <= *sending.acknowledged && held->until >= sending.arrived()) return held;
  return nullptr;
}

}  // namespace klab
