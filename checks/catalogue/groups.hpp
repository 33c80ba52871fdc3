#pragma once

#include <vector>

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// Ownerships that a group gave, by group, partition and time.
std::vector<Name> group_ownerships(const Model& model);

/// shared-partition: two members of a group own a partition at once, for longer than the clock error. Each is
/// counted for as long as the group surely held it for a member: until it gave the partition up; where it
/// lost the partition, was fenced or crashed, until its last commit that the group took; where its end was
/// not seen, until that or its last read, but for a member that was refused. Heard on the wire, two members
/// that are assigned one partition in one generation.
void shared_partition(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
