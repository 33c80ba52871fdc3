#pragma once

#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Where the three witnesses contradict each other, a sentence each with the first lines that it is about:
/// what a program printed and was not given (program, wire), was given and did not print (wire, program),
/// sent and the log does not hold (wire, log), and what the log holds though nobody was heard to send it
/// (log, wire).
///
/// Not judged by itself, and often nobody's fault: a consumer may read without printing. Programs that were
/// not heard in full are left out.
std::vector<Evidence> disagreements(const History& history);

}  // namespace klab
