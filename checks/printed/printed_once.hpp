#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// What the programs of a role printed is what the topic holds: each stored record as often as it is stored,
/// and nothing else; and each was given to the program, by the broker, before it printed it. Judged against
/// the log, not against the sample, so that a producer's fault is not its reader's. A line counts when it
/// matches the manifest's pattern and holds a record's identity.
///
/// Without a pattern, or with one that matches nothing although records are printed, every line counts, and a
/// program may mention each record on several lines, as long as it does so for all alike. One stream that is
/// right by itself is enough: some programs log the same to both.
///
/// What a program's client was given, the program may still not have looked at: that it prints afterwards is
/// taken for proof that it did.
///
/// Undecided when the topic holds nothing or was not read to its end; when a program that printed the right
/// records was not heard in full; when a program printed nothing at all, was ended by a signal, and its group
/// had read everything: a buffer may have died with it.
Verdict printed_once(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
