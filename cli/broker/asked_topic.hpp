#pragma once

#include <string>

namespace klab {

/// A topic as the command line asks for it.
struct AskedTopic {
  std::string name = {};
  int partitions = 1;
};

/// Reads "breadcrumbs" or "breadcrumbs:6". Throws BadInput for a name that Kafka does not take, and for a
/// number of partitions that is none or too many for one small broker.
AskedTopic read_asked_topic(const std::string& text);

}  // namespace klab
