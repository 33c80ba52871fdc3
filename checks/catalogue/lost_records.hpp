#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

// A send is proved where it was acknowledged, or its outcome is unknown and it was read, or a record of its
// transaction by one who reads committed records only; the outcome of a transaction overrides those of its
// sends. A record was passed where a member, or a group, read on both sides of it, and neither a seek nor a
// reset to the latest offset lies between.

/// lost-record: a proved send that no poll returned, though readers passed it; or, in a partition that was
/// drained, though it was not among what the reader saw. What lies before the drained range may have been
/// deleted, and what a compaction may remove is not missed.
void lost_record(const Model& model, const Policy& policy, Findings& findings);

/// torn-transaction: a lost record of whose transaction another was read.
void torn_transaction(const Model& model, const Policy& policy, Findings& findings);

/// unseen: proved sends that nobody read, and of which nobody can say that they are lost. Leaves undecided.
void unseen(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
