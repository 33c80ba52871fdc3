#pragma once

#include <cstddef>
#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Within one run, a program of the role commits a transaction and aborts another. Runs are not pooled: one
/// that decides once for all its transactions does not do what is asked. How often it does either is free,
/// and so is a fixed order.
///
/// Transactions that are all alike may be chance, so they prove nothing: undecided. Refuted is a program that
/// committed all its transactions, ended well, and had left out the records of `records_a_transaction` or
/// more of the sample: what it calls an abort is that it sends nothing.
///
/// Undecided also when no transaction was ended, or a program was not heard in full.
Verdict commits_and_aborts(const History& history, std::string_view role, std::size_t records_a_transaction);

/// Whether the program has done both.
bool mixes_outcomes(const History& history, std::string_view program);

}  // namespace klab
