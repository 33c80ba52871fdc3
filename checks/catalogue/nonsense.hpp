#pragma once

#include "checks/catalogue/policy.hpp"
#include "checks/history/history.hpp"

namespace klab {

/// Throws BadInput for the first client event that can mean nothing: an offset, a partition or a count that
/// is none, a name that is empty, a call that ended, by more than the clocks may be apart, before it began.
/// What different events say of each other's times is not looked at: clocks differ.
void refuse_nonsense(const History& history, const Policy& policy);

}  // namespace klab
