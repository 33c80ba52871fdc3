#pragma once

#include <optional>

#include "checks/history/history.hpp"

namespace klab {

/// When a record was made, by its own timestamp, on the play's clock. A program may write any number there:
/// nothing where it is no time at all, or where nobody knows when the play began.
std::optional<Moment> created_at(const History& history, const LoggedRecord& record);

}  // namespace klab
