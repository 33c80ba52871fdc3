#pragma once

#include <cstddef>
#include <string_view>

#include "checks/facts/pace.hpp"
#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// A record that a sender has sent reaches a reader that waits for it, and does not wait for the sender's
/// flush: half of the records are delivered within `delay` of their arrival at the broker, and the records
/// before the first pause are delivered before the last one before the first flush is sent (`pace` has the
/// numbers). That the acknowledgements of some records are kept back changes nothing: the broker has those.
///
/// Judged are records that arrived while the reader was reading their partition. Undecided when these are
/// fewer than half, when some before the first pause are not among them, when the sender makes no pause
/// between the two, when sender or reader were not heard in full, and when the broker was so busy that the
/// delay is explained by twice the time that it took to acknowledge a record.
Verdict delivered_soon(const History& history, std::string_view topic, std::string_view sender,
                       std::string_view reader, const Pace& pace, Moment delay);

}  // namespace klab
