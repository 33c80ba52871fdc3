#pragma once

#include "checks/catalogue/model_builder.hpp"

namespace klab {

/// The life of the members: polls, assignments, seeks and commits, in the order of each.
void follow_members(ModelBuilder& builder);

}  // namespace klab
