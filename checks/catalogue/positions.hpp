#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// skip: in one ownership a read follows another while the log is known to hold a record between them that
/// the reader must be given. Gaps in which nothing is known are none: markers and aborted records leave some.
/// A seek ends the comparison; behind a failed poll the position is where it was, or behind what the poll
/// listed; behind one of unknown outcome it is not known, nor between the polls of a member that is not alone
/// in its group and does not tell of its assignments.
void skip(const Model& model, const Policy& policy, Findings& findings);

/// backstep: in one ownership a read comes at or before the offset of an earlier one, without a seek.
void backstep(const Model& model, const Policy& policy, Findings& findings);

/// unowned-read: a member that tells of its assignments reads a partition that is not assigned to it then.
void unowned_read(const Model& model, const Policy& policy, Findings& findings);

/// stale: a poll returns a record that was acknowledged, or read by another, longer before the poll began
/// than the policy's `lag_us`. A lower bound: nobody says when it was stored.
void stale(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
