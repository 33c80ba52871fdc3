#pragma once

#include <string_view>

#include "checks/facts/pace.hpp"
#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// After every 15th record (`pace` has the numbers) a program of the role waits until all that it has sent is
/// acknowledged, before it sends the next: the next neither arrives nor, by its own timestamp, was created
/// before. Records are counted as they arrive. A pause hides whether flush() was called, so at least at one
/// place the tap has to have kept acknowledgements back for longer than that; else it is undecided. Says
/// nothing of the records after the last 15th.
///
/// Undecided also when the program was not heard in full, asks for no acknowledgements, or sent no more than
/// 15 records.
Verdict flushes_after_every(const History& history, std::string_view topic, std::string_view role,
                            const Pace& pace);

}  // namespace klab
