#pragma once

#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// Positions that were committed, as it turned out. Those that a transaction holds (TxnOffsetCommit) take
/// effect when it is committed, and never when it is aborted; where nobody knows, they may have.
std::vector<CommitAnswered> settled_commits(const History& history);

}  // namespace klab
