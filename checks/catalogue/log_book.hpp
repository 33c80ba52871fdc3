#pragma once

#include "checks/catalogue/model_builder.hpp"

namespace klab {

/// What the log is known to hold. After everything else.
void build_logs(ModelBuilder& builder);

}  // namespace klab
