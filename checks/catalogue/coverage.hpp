#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// uncovered-partition: a group's members, their topics and partitions stay as they are for longer than the
/// policy's `stable_us`, one that subscribes to a topic still polls or commits behind that, and a partition
/// of the topic is nobody's. Needs `joined` with topics, and `topic`; and that no member reads of which no
/// assignment is told.
void uncovered_partition(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
