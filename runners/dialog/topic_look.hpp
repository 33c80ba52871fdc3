#pragma once

#include <string>

#include "checks/history/history.hpp"
#include "runners/client/cluster.hpp"

namespace klab {

/// Finds out which topic has the name now, what its logs hold and how large they are; all empty where there
/// is none. Creates nothing. The moment is the caller's affair. Throws HarnessError.
TopicLooked look_at_topic(const std::string& bootstrap, Cluster& cluster, const std::string& topic);

}  // namespace klab
