#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// shared-partition: two members of a group own a partition at once, for longer than the clock error. Each is
/// counted for as long as the group surely held it for a member: until it gave the partition up; where it
/// lost the partition, was fenced or crashed, until its last commit that the group took; where its end was
/// not seen, until that or its last read, but for a member that was refused. Heard on the wire, two members
/// that are assigned one partition in one generation.
void shared_partition(const Model& model, const Policy& policy, Findings& findings);

/// commit-ahead: a member commits more than it was given: a record that it must be given lies between its
/// last read and what it committed. Only where it has read in that ownership, and not of what was deleted.
void commit_ahead(const Model& model, const Policy& policy, Findings& findings);

/// commit-unowned: a member that tells of its assignments commits for a partition that is not its own. What
/// it has just given up it may still commit, unless another has begun to own it.
void commit_unowned(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
