#include "cli/broker/broker_choice.hpp"

#include <fmt/format.h>

#include "checks/errors.hpp"
#include "fixtures/brokers/container_host.hpp"

namespace klab {
namespace {

JvmHostChoice container(const ContainerEngine& engine, const Installation& installation) {
  return choose_container_host(engine, installation.home / "docker" / "build.sh", installation.jars());
}

JvmHostChoice process(const Installation& installation) {
  return choose_process_host(installation.jars(), installation.home / "docker" / "leash.sh");
}

/// The first that can be had, with a note when it is the second.
BrokerChoice any(const Installation& installation) {
  const ContainerEngine engine = find_container_engine();
  std::string why_not = engine.problem;
  if (!engine.command.empty()) {
    try {
      return {.host = container(engine, installation)};
    } catch (const HarnessError& error) {
      why_not = error.what();
    }
  }
  try {
    return {.host = process(installation), .note = fmt::format("brokers run as processes: {}", why_not)};
  } catch (const HarnessError& error) {
    throw HarnessError(fmt::format("{}; and {}", error.what(), why_not));
  }
}

}  // namespace

BrokerChoice choose_broker(const std::string& asked, const Installation& installation) {
  BrokerChoice choice;
  if (asked == "container")
    choice.host = container(find_container_engine(), installation);
  else if (asked == "process")
    choice.host = process(installation);
  else
    choice = any(installation);
  choice.description = fmt::format("Kafka {}, {}", kKafkaVersion, make_host(choice.host)->description());
  return choice;
}

}  // namespace klab
