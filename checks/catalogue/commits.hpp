#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// commit-ahead: a member commits more than it was given: a record that it must be given lies between its
/// last read in that ownership, in a poll that did not fail, and what it committed. Where it has read
/// nothing, between the farthest that it can have begun at and what it committed, if it was never given that
/// record: where `reset` is earliest, that is where it sought, or the farthest that anything else of its
/// group committed, or the beginning. Not of what was deleted.
void commit_ahead(const Model& model, const Policy& policy, Findings& findings);

/// commit-unowned: a member that tells of its assignments commits for a partition that is not its own. What
/// it has just given up it may still commit, unless another has begun to own it.
void commit_unowned(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
