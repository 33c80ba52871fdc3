#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/client_events.hpp"

namespace klab {

/// What a finding of a check costs.
enum class CheckClass {
  fail,  ///< refutes
  info,  ///< is reported
  off,   ///< the check is not run
};

enum class ResetPolicy { earliest, latest, none };

std::string_view name_of(CheckClass check_class);
std::string_view name_of(ResetPolicy reset);

/// What the recorded system promised: what is seen is always reported, what is judged depends on this. Absent
/// is not promised, or not known. docs/history.md describes the file.
struct Policy {
  std::optional<bool> idempotent = {};  ///< every producer is
  std::optional<std::int64_t> max_in_flight = {};
  std::optional<std::int64_t> retries = {};
  Isolation isolation = Isolation::read_uncommitted;  ///< of polls that do not say theirs
  bool at_most_once = false;                          ///< no group reads a record twice
  bool clean_handover = false;                        ///< what is revoked or closed was committed before
  std::optional<ResetPolicy> reset = {};              ///< auto.offset.reset of all members
  bool fixed_partitioning = false;          ///< neither the partitioner nor the number of partitions changes
  bool compacted = false;                   ///< cleanup.policy of the topics
  std::int64_t clock_error_us = 0;          ///< between any two events of different processes
  std::int64_t stable_us = 360'000'000;      ///< a group that nobody joins or leaves for so long has settled
  std::optional<std::int64_t> lag_us = {};  ///< a record that waits longer for its poll is stale
  std::vector<std::string> require = {"sends",
                                      "reads"};    ///< kinds of evidence without which a run is not valid
  std::map<std::string, CheckClass> classes = {};  ///< by check, in place of its own

  /// Whether a client that retries keeps the order of its sends.
  bool keeps_order() const { return idempotent.value_or(false) || max_in_flight == 1 || retries == 0; }
};

}  // namespace klab
