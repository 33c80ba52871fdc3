#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// aborted-read (G1a): a poll that reads committed records only returns one of an aborted transaction, or one
/// whose send failed. Polls that read uncommitted ones may be given the former; if they are given the latter,
/// it is told, and costs nothing.
void aborted_read(const Model& model, const Policy& policy, Findings& findings);

/// early-read: a poll that reads committed records only returns one before the commit of its transaction was
/// asked for, or within its own transaction.
void early_read(const Model& model, const Policy& policy, Findings& findings);

/// wr-G1c: committed transactions read from each other in a circle.
void read_cycle(const Model& model, const Policy& policy, Findings& findings);

/// send-interleave: between two records of a transaction a partition holds others; or transactions come in
/// one order here and in another there (G0). Normal in Kafka: never costs.
void send_interleave(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
