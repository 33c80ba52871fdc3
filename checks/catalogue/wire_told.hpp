#pragma once

#include "checks/history/history.hpp"

namespace klab {

/// Whether a history is one of klab's own plays: heard on the wire, not told by clients.
bool was_heard_on_the_wire(const History& history);

/// What was heard on the wire, as clients would tell it, with the lines of the history. A connection that
/// fetches counts as a member of no group: which fetches belong to which membership, nobody hears, and where
/// one begins anew is a seek. Records are those of the sample. The order of a producer's calls is not told:
/// what its client sent first it may have been told last. Batches that cannot be matched with their records'
/// offsets leave these open.
History client_events_of(const History& wire);

}  // namespace klab
