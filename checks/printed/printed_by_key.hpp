#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// The run of a role that was told this key as the nth, counted from 0; null where there was none. Programs
/// of different keys run side by side, so a round is the nth run of each.
const ProgramRun* run_for_key(const History& history, std::string_view role, std::string_view key,
                              std::size_t round);

/// In the first round of a role, the run for each of these keys prints the records of its key and no others:
/// each as often as the topic holds it, not before it was given it, and within a partition in the order of
/// the log. So together they print every record that has one of the keys. Keys are compared as record_key.hpp
/// says; lines are read as printed_once does. Order is judged within each output stream, between records that
/// are stored once.
///
/// Undecided when no record has any of the keys, the topic was not read to its end, a run was not made or, if
/// all is right, not heard in full, or its output may have died in a buffer. Also when a run lacks only what
/// it was never given because it shared its group with a run that was told another: Kafka then gives each of
/// them a part, and a later one nothing at all. What it would print if it were alone nobody knows.
Verdict printed_by_key(const History& history, std::string_view topic, std::string_view role,
                       const std::vector<std::string>& keys);

/// The same of the second round, where the first was right: what it can do once it can do again, the keys
/// in another order. Where the first was not, only the order of what the second prints is judged.
Verdict printed_by_key_again(const History& history, std::string_view topic, std::string_view role,
                             const std::vector<std::string>& keys);

}  // namespace klab
