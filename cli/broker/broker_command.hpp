#pragma once

#include <string>
#include <vector>

namespace klab {

struct BrokerOptions {
  int port = 9092;                       ///< on 127.0.0.1; 0: any that is free
  bool watch = false;                    ///< shows what programs say on the wire
  std::string broker = "auto";           ///< auto, process or container
  std::vector<std::string> topics = {};  ///< "breadcrumbs" or "breadcrumbs:6", with six partitions
};

/// A broker to develop against, until the user stops klab; nothing of it is left then. Returns the exit code.
/// Throws BadInput for a port that is taken and a topic that cannot be, HarnessError when the broker does not
/// start or ends, and Interrupted when klab is stopped before the broker is ready.
int run_broker(const BrokerOptions& options);

}  // namespace klab
