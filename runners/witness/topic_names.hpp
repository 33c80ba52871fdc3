#pragma once

#include <map>
#include <string>

#include "runners/wire/views/topic_partition.hpp"
#include "runners/witness/heard.hpp"

namespace klab {

/// Names of topics by id: new versions of Produce, Fetch and others carry only the id (KIP-516). Learnt from
/// what clients are told, which they need as much.
class TopicNames {
 public:
  void hear(const Heard& heard);

  /// The topic's name; where it was never told, its id in hexadecimal.
  std::string name_of(const TopicRef& topic) const;

 private:
  void learn(const TopicRef& topic);

  std::map<Uuid, std::string> names_ = {};
};

}  // namespace klab
