#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "checks/facts/prints.hpp"

namespace klab {

/// A run that was to print the records of one key.
struct KeyReading {
  const ProgramRun* run = nullptr;
  Places all = {};     ///< what the topic holds
  Places wanted = {};  ///< those that have the key
};

/// What is wrong with what it printed, a piece of evidence each.
struct KeyFindings {
  std::size_t printed = 0;              ///< mentions of records, in the streams that were judged
  std::vector<Evidence> missing = {};   ///< of a wanted record, printed not at all or too few times
  std::vector<Evidence> surplus = {};   ///< of a record that is not wanted, or printed too many times
  std::vector<Evidence> disorder = {};  ///< printed behind a later record of its partition
  std::vector<Evidence> forged = {};    ///< printed before the broker gave it
  std::size_t never_given = 0;          ///< of the missing ones, by the broker

  bool is_clean() const { return missing.empty() && surplus.empty() && disorder.empty() && forged.empty(); }
};

/// Holds what the run printed against what it was to print, in the first of the ways_to_read() in which that
/// is right; where none is, all lines together.
KeyFindings findings_of(const History& history, const KeyReading& reading, const SampleIndex& index,
                        Lines lines);

}  // namespace klab
