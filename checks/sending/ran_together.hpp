#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// The programs of a role sent at the same time: the spans from a program's first batch to its last word
/// about them have a moment in common. The last word is the latest batch or answer; where a program asks for
/// no answers, the end of its connection. Says nothing about how long they overlap: a thousand records can
/// leave within milliseconds, so the play holds each program's first batch until all have sent one.
///
/// Undecided when fewer than two ran, one sent nothing, or one was not heard in full.
Verdict ran_together(const History& history, std::string_view role);

}  // namespace klab
