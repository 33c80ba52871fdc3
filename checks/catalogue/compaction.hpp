#pragma once

#include "checks/catalogue/model.hpp"

namespace klab {

/// What a compaction may have taken out of the logs.
void mark_superseded(Model& model, const Policy& policy);

}  // namespace klab
