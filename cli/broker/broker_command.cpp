#include "cli/broker/broker_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <optional>
#include <set>

#include "checks/errors.hpp"
#include "cli/broker/asked_topic.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/broker/told_template.hpp"
#include "cli/say.hpp"
#include "cli/scratch_folder.hpp"
#include "cli/watch/wire_view.hpp"
#include "fixtures/brokers/broker.hpp"
#include "fixtures/brokers/container_host.hpp"
#include "runners/client/cluster.hpp"
#include "runners/tap/loopback.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenLooks = 100ms;

std::vector<AskedTopic> read_topics(const std::vector<std::string>& texts) {
  std::vector<AskedTopic> topics;
  std::set<std::string> names;
  for (const std::string& text : texts) {
    topics.push_back(read_asked_topic(text));
    if (!names.insert(topics.back().name).second)
      throw BadInput(fmt::format("--topic {}: the topic is asked for twice", text));
  }
  return topics;
}

FileDescriptor claim(int port) try { return listen_on_loopback(port); } catch (const HarnessError& error) {
  throw BadInput(fmt::format("--port {}: {}; --port 0 takes one that is free", port, error.what()));
}

/// A broker that programs reach without a detour.
BrokerPorts pick_ports_at(int port) {
  if (port == 0) return pick_ports();
  BrokerPorts ports = pick_ports_advertised_as(port);
  ports.programs[0].port = port;
  return ports;
}

std::string told(const std::vector<AskedTopic>& topics) {
  if (topics.empty()) return "without a topic (none comes into being by being used, see --topic)";
  std::vector<std::string> names;
  for (const AskedTopic& topic : topics) names.push_back(fmt::format("{}:{}", topic.name, topic.partitions));
  return fmt::format("with {}", fmt::join(names, ", "));
}

/// One run of `klab broker`. What is declared first is the last to go.
class BrokerRun {
 public:
  explicit BrokerRun(const BrokerOptions& options)
      : options_(options),
        topics_(read_topics(options.topics)),
        door_(claim(options.port)),
        choice_(choose_broker(options.broker, installation_)),
        host_(make_host(choice_.host)) {}

  void start() {
    if (!choice_.note.empty()) say("{}\n", choice_.note);
    say("starting {}\n", choice_.description);
    const BrokerTemplate from = told_template(*host_, installation_);
    const int port = options_.watch ? port_of(door_) : options_.port;
    if (!options_.watch) door_.reset();  // the broker's own from here on
    const auto pick = [&] { return options_.watch ? pick_ports_advertised_as(port) : pick_ports_at(port); };
    broker_ = start_broker(*host_, from, scratch_.path(), log(), pick, keeping_every_record()).broker;
    Cluster cluster(broker_->grader_address());
    for (const AskedTopic& topic : topics_) cluster.create_topic(topic.name, topic.partitions);
  }

  void serve_until_interrupted() {
    const ProgramListener& listener = broker_->program_listeners().front();
    fmt::print("Kafka {} is ready at 127.0.0.1:{}, {}; Ctrl-C ends it, and nothing of it is kept\n",
               kKafkaVersion, listener.advertised, told(topics_));
    std::fflush(stdout);
    if (options_.watch) view_.emplace().listen(std::move(door_), listener.port);
    try {
      while (!eventually([this] { return look(); }, 24h, kBetweenLooks)) continue;
    } catch (const Interrupted&) {
      if (view_) view_->show_rest();
    }
  }

 private:
  bool look() {
    if (view_) view_->show();
    if (!broker_->is_running())
      throw HarnessError(fmt::format("the broker has ended: {}", last_words(log())));
    return false;
  }

  std::filesystem::path log() const { return scratch_.path() / "broker.log"; }

  BrokerOptions options_;
  std::vector<AskedTopic> topics_;
  FileDescriptor door_;
  Installation installation_ = find_installation();
  BrokerChoice choice_;
  ScratchFolder scratch_;
  std::unique_ptr<JvmHost> host_;
  std::unique_ptr<Broker> broker_;
  std::optional<WireView> view_;
};

}  // namespace

int run_broker(const BrokerOptions& options) {
  BrokerRun run(options);
  run.start();
  run.serve_until_interrupted();
  return 0;
}

}  // namespace klab
