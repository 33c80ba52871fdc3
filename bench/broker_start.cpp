// How long a broker takes until a program can do anything with it: metadata, a committed transaction, a group
// read. klab's way (template, class-data archive, C1) against the plain way (format, default JVM flags,
// Kafka's own settings), turn by turn; the minimum of each counts, as these machines are noisy.

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <limits>
#include <optional>
#include <sstream>

#include "bench/figure.hpp"
#include "checks/errors.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "fixtures/brokers/broker.hpp"
#include "fixtures/brokers/broker_cluster.hpp"
#include "fixtures/brokers/container_host.hpp"
#include "runners/client/cluster.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr int kRounds = 5;

void use(const Broker& broker) {
  Cluster(broker.grader_address()).create_topic("first", 1);
  commit_and_read_in_group(broker.grader_address(), "first", "first");
}

double seconds_of(const std::function<void()>& action) {
  const auto begin = Clock::now();
  action();
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double fast_start(JvmHost& host, const BrokerTemplate& from) {
  const ScratchFolder scratch;
  StartedBroker started;
  return seconds_of([&] {
    started = start_broker(host, from, scratch.path(), scratch.path() / "broker.log");
    use(*started.broker);
  });
}

/// As the settings that Kafka ships: internal topics of one replica, and no wait for more members of a group.
std::string plain_config(const BrokerPorts& ports, const fs::path& data) {
  std::istringstream settings(broker_config(ports, data));
  std::string config;
  for (std::string line; std::getline(settings, line);)
    if (!line.starts_with("offsets.topic.num") && !line.starts_with("transaction.state.log.num") &&
        !line.starts_with("share.coordinator.state.topic.num") && !line.starts_with("log.cleaner") &&
        !line.starts_with("num.") && !line.starts_with("background."))
      config += line + '\n';
  return config;
}

double plain_start(JvmHost& host) {
  const ScratchFolder scratch;
  const fs::path config = scratch.path() / "server.properties", log = scratch.path() / "broker.log";
  const BrokerPorts ports = pick_ports();
  std::ofstream(config) << plain_config(ports, scratch.path() / "data");
  std::unique_ptr<Broker> broker;
  return seconds_of([&] {
    format_data_directory(host, config, scratch.path());
    broker = std::make_unique<Broker>(ports, scratch.path() / "data", [&] {
      return host.start({"-cp", host.class_path(), "kafka.Kafka", config.string()}, {scratch.path()}, log);
    });
    if (!broker->wait_until_ready(60s)) throw HarnessError(last_words(log));
    use(*broker);
  });
}

/// Three brokers, until all know each other.
double cluster_start(JvmHost& host, const BrokerTemplate& from) {
  const ScratchFolder scratch;
  std::optional<BrokerCluster> cluster;
  return seconds_of(
      [&] { cluster.emplace(start_broker_cluster(host, from, scratch.path(), scratch.path())); });
}

struct Times {
  double fast = std::numeric_limits<double>::max();
  double plain = std::numeric_limits<double>::max();
  double cluster = std::numeric_limits<double>::max();
};

Times measure(JvmHost& host, const fs::path& cache) {
  const BrokerTemplate from = broker_template(host, cache);
  Times times;
  for (int round = 0; round < kRounds; ++round) {
    times.fast = std::min(times.fast, fast_start(host, from));
    times.plain = std::min(times.plain, plain_start(host));
    times.cluster = std::min(times.cluster, cluster_start(host, from));
  }
  return times;
}

void run() {
  catch_interruptions();
  const Installation installation = find_installation();
  const auto process_host = make_host(choose_broker("process", installation).host);
  const Times process = measure(*process_host, installation.cache);
  print_figure("broker_start.process", process.fast, "s", process.plain);
  print_figure("broker_start.cluster_against_broker", process.cluster, "s", process.fast);
  if (find_container_engine().command.empty()) {
    fmt::print(stderr, "no container engine: containers not measured\n");
    return;
  }
  const auto container_host = make_host(choose_broker("container", installation).host);
  const Times container = measure(*container_host, installation.cache);
  print_figure("broker_start.container", container.fast, "s", container.plain);
  print_figure("broker_start.container_against_process", container.fast, "s", process.fast);
}

}  // namespace
}  // namespace klab

int main() {
  try {
    klab::run();
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
