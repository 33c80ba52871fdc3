#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

// A send's place is where the log first has its id. What was sent more than once has none here, and neither
// has what failed. A producer's calls follow each other by `n`; where not all have it, by `begin_us`; where
// none has that, by line. Calls that began in the same microsecond may have come in either order.

/// send-reorder: a producer's later send lies before an earlier one in their partition. Costs where the
/// policy says that retries keep the order (idempotent, or max_in_flight 1, or retries 0) or both were sent
/// in transactions; without idempotence only where both were acknowledged: what timed out may arrive late.
void send_reorder(const Model& model, const Policy& policy, Findings& findings);

/// key-disorder: the same, of records of one key.
void key_disorder(const Model& model, const Policy& policy, Findings& findings);

/// realtime-reorder: a send that began after another was acknowledged lies before it in their partition.
void realtime_reorder(const Model& model, const Policy& policy, Findings& findings);

/// flush-incomplete: a send that began before a flush has no outcome when that has returned without error, or
/// has none at all.
void flush_incomplete(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
