#pragma once

#include "checks/catalogue/model_builder.hpp"

namespace klab {

/// What producers did: their sends, transactions and flushes.
void add_sends_and_flushes(ModelBuilder& builder);

}  // namespace klab
