#pragma once

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// phantom-record: a poll returns an id that was never sent to a topic whose sends are recorded, or a record
/// of which no id could be told.
void phantom_record(const Model& model, const Policy& policy, Findings& findings);

/// misplaced-record: a poll returns a record from another topic or partition, or with another key, than it
/// was sent to. What the send leaves open is not compared.
void misplaced_record(const Model& model, const Policy& policy, Findings& findings);

/// key-split: records of one key lie in two partitions of a topic. Costs where the policy says that neither
/// the partitioner nor the number of partitions changes.
void key_split(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
