#pragma once

#include "checks/catalogue/holdings.hpp"
#include "checks/catalogue/model_builder.hpp"

namespace klab {

/// A commit, with the ownership and the read that it belongs to as its member stands when it is answered.
void take_commit(ModelBuilder& builder, Holdings& holdings, const CommitAnswered& event);

}  // namespace klab
