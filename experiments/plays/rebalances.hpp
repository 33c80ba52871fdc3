#pragma once

#include <string>
#include <vector>

#include "experiments/conclusions.hpp"

namespace klab {

struct History;

/// A rebalance protocol that is played, by its name in claims/language.json. Of the play's records: the group
/// has the protocol's name, and klab notes "second comes: NAME" and, when each member has its half of the
/// partitions, "shared: NAME".
struct RebalancePlayed {
  std::string name = {};
  std::string assignor = {}, java_assignor = {};  ///< none in the newer protocol

  bool is_newer() const { return assignor.empty(); }
  std::string first() const { return "first-" + name; }    ///< the member that is there before
  std::string second() const { return "second-" + name; }  ///< the member that joins
};

constexpr auto kRebalancedTopic = "rebalanced";

/// What is concluded of one rebalance, whose first member is of that client.
void conclude_pause(const History& history, const RebalancePlayed& played, const std::string& client,
                    Conclusions& conclusions);
void conclude_leader(const History& history, const RebalancePlayed& played, const std::string& client,
                     Conclusions& conclusions);
/// `groups` are all that were played, each of which reads the topic.
void conclude_one_owner(const History& history, const RebalancePlayed& played, const std::string& client,
                        const std::vector<std::string>& groups, Conclusions& conclusions);

}  // namespace klab
