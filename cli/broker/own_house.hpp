#pragma once

#include <filesystem>
#include <memory>

#include "cli/broker/broker_choice.hpp"
#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "fixtures/brokers/broker_house.hpp"

namespace klab {

/// A house for brokers, in a scratch folder of its own: all that they use is laid out below that.
class OwnHouse {
 public:
  /// Makes the template of the brokers first, where there is none, and tells the user so. What the JVM says
  /// goes to the end of `log`. Throws as BrokerHouse does.
  OwnHouse(const BrokerChoice& choice, const Installation& installation, const std::filesystem::path& log);

  const std::filesystem::path& folder() const { return folder_.path(); }
  bool is_running() { return house_.is_running(); }

 private:
  ScratchFolder folder_;
  std::unique_ptr<JvmHost> host_;
  BrokerHouse house_;
};

}  // namespace klab
