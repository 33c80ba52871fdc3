#pragma once

#include <string_view>

#include "checks/facts/pace.hpp"
#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// A program of the role does not wait for acknowledgements between its flushes: after the 5th and the 10th
/// record of a cycle of 15 (`pace` has the numbers) it goes on although they are kept back. Judged where the
/// tap kept them back for longer than the pause: there a program that flushes too early, after each record or
/// each pause, goes on only when they come. Going on is creating the next record, by its own timestamp, or
/// sending it: with few requests in flight a client sends later what the program went on with in time.
///
/// It goes on without a wait between two pauses as well: a program that stands still there for as long as an
/// acknowledgement is kept back, and goes on just when that comes, flushes after the wrong record (where that
/// is within the first five of a cycle, the flush is late and not too early, and the next pause says
/// nothing).
///
/// A program that goes on late, but neither just when the acknowledgements have come nor a pause after that,
/// may have been slow: that is undecided. So it is when nothing was kept back long enough, when only
/// timestamps could tell and say nothing, and when the program was not heard in full or asks for no
/// acknowledgements.
Verdict goes_on_unacknowledged(const History& history, std::string_view topic, std::string_view role,
                               const Pace& pace);

}  // namespace klab
