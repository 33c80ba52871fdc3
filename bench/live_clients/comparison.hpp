#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench/live_clients/client_plan.hpp"
#include "checks/history/history.hpp"

namespace klab {

using Problems = std::vector<std::string>;
using Positions = std::map<int, std::int64_t>;                      // by partition
using PartitionOffsets = std::map<int, std::vector<std::int64_t>>;  // ascending

/// One run of a client as a member of a group that it has for itself.
struct ConsumerRun {
  std::string program = {};
  std::string group = {};
  std::string mode = {};
  bool is_read_committed = true;
  bool reads_all = true;          ///< up to the end of the log
  Positions from = {};            ///< what the group had committed before
  Positions to = {};              ///< and afterwards, by the broker's own account
  PartitionOffsets printed = {};  ///< by the client's own account
};

/// Where the messages lie that a consumer is to be shown.
PartitionOffsets shown_offsets(const History& history, bool is_read_committed, const Positions& from);

std::size_t count(const PartitionOffsets& offsets);

/// What the witness says that is not so, or does not say. Batches and their answers, against the log.
void compare_sending(const History& history, const std::string& program, const ClientPlan& client,
                     Problems& problems);
void compare_transactions(const History& history, const std::string& program, const ClientPlan& client,
                          Problems& problems);
/// Deliveries and positions, against the log and what the client has printed.
void compare_reading(const History& history, const ConsumerRun& run, Problems& problems);
void compare_membership(const History& history, const ConsumerRun& run, Problems& problems);
/// In a group whose members come and go no partition is two members' at a time, and the newcomer got some.
void compare_rebalance(const History& history, const std::string& group, const std::string& first,
                       const std::string& second, Problems& problems);
void compare_understanding(const History& history, Problems& problems);

}  // namespace klab
