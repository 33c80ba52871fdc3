#pragma once

#include <string>

#include "cli/installation.hpp"
#include "fixtures/brokers/jvm_host.hpp"

namespace klab {

/// Which brokers a run uses.
struct BrokerChoice {
  JvmHostChoice host = {};
  std::string description = {};  ///< "Kafka 4.3.0, process, Java 17.0.15"
  std::string note = {};         ///< why it is not the one that would come first; often empty
};

/// `container` and `process` as asked; `auto` takes a container where an engine answers and a process
/// elsewhere. Throws HarnessError when what was asked for, or anything at all, is not to be had.
BrokerChoice choose_broker(const std::string& asked, const Installation& installation);

}  // namespace klab
