// live_clients [NAME..]: see README.md. Run by bench/live_clients.sh, which installs the clients.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "bench/live_clients/client_play.hpp"
#include "checks/errors.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "fixtures/brokers/container_host.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

std::string told(const ClientPlan& client, const ClientResult& result) {
  const nlohmann::ordered_json line = {{"name", "live_clients." + client.name},
                                       {"client", result.software},
                                       {"frames", result.frames},
                                       {"opaque", result.opaque},
                                       {"sent", result.sent},
                                       {"logged", result.logged},
                                       {"delivered", result.delivered},
                                       {"consumer_runs", result.consumer_runs},
                                       {"rebalances", result.rebalances},
                                       {"lacks", client.lacks},
                                       {"verdict", result.problems.empty() ? "agrees" : "disagrees"},
                                       {"problems", result.problems}};
  return line.dump();
}

bool run(const std::vector<std::string>& names) {
  catch_interruptions();
  const Installation installation = find_installation();
  const char* own = std::getenv("KLAB_LIVE_CLIENTS");
  const std::filesystem::path clients = own != nullptr ? own : installation.cache / "live-clients";
  const auto host = make_host(choose_broker("process", installation).host);
  const ScratchFolder scratch;
  const StartedBroker started =
      start_broker(*host, broker_template(*host, installation.cache), scratch.path(),
                   scratch.path() / "broker.log", [] { return pick_tapped_ports(2); });
  bool agree = true;
  for (const ClientPlan& client :
       read_client_plans(installation.home / "bench/live_clients", clients, installation.jars())) {
    if (!names.empty() && std::ranges::find(names, client.name) == names.end()) continue;
    const ClientResult result = ClientPlay(*started.broker, client, scratch.path() / client.name).run();
    fmt::print("{}\n", told(client, result));
    std::fflush(stdout);
    agree &= result.problems.empty();
  }
  return agree;
}

}  // namespace
}  // namespace klab

int main(int argc, char** argv) {
  try {
    return klab::run({argv + 1, argv + argc}) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
