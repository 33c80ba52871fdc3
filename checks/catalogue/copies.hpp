#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// duplicate-record: one id at more places of the log than it was sent. An idempotent producer, and so one
/// with transactions, never stores a record twice; without idempotence a retry may.
void duplicate_record(const Model& model, const Policy& policy, Findings& findings);

/// offset-conflict: two ids at one offset.
void offset_conflict(const Model& model, const Policy& policy, Findings& findings);

/// redelivery: a group reads one offset in two ownerships. Costs where the policy says that no record is read
/// twice, or that what is revoked or closed was committed before; what a seek led back to never does.
void redelivery(const Model& model, const Policy& policy, Findings& findings);

/// How many offsets groups read in more than one ownership.
std::size_t count_redeliveries(const Model& model);

}  // namespace klab
