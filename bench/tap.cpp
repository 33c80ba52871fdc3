// What a tap costs: a librdkafka client that produces, fetches, and waits for single acknowledgements, each
// straight to a broker, through a tap that decodes every record in both directions, through a tap that only
// forwards, and through toxiproxy, turn by turn on the same broker. `tap [TURNS]`
//
// Throughput is the best of the turns, and the median of the turns' ratios to the straight way; `observed` is
// until the observer was told everything.

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <map>

#include "bench/figure.hpp"
#include "bench/tap/decoding_observer.hpp"
#include "bench/tap/toxiproxy.hpp"
#include "bench/tap/workload.hpp"
#include "checks/errors.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "fixtures/brokers/broker.hpp"
#include "fixtures/brokers/container_host.hpp"
#include "runners/client/cluster.hpp"
#include "runners/interruption.hpp"
#include "runners/tap/tap.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct IgnoringObserver : TapObserver {
  void opened(ConnectionId, const std::string&, Clock::time_point) override {}
  void bytes(ConnectionId, Direction, Clock::time_point, std::string_view) override {}
  void closed(ConnectionId, const Closing&, Clock::time_point) override {}
};

/// A tap on a port of its own.
struct TapOnPort {
  TapOnPort(TapObserver& observer, int upstream_port) : tap(observer) {
    FileDescriptor socket = listen_on_loopback();
    port = port_of(socket);
    tap.listen(std::move(socket), upstream_port, "bench");
  }

  Tap tap;
  int port = 0;
};

struct Way {
  std::string name = {};
  int port = 0;  ///< 0: straight
  Tap* tap = nullptr;
};

/// Of this process: the client, the taps and their observers, but neither the broker nor toxiproxy. Says
/// something where the machine is too busy for times to.
double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.at(values.size() / 2);
}

/// What each turn gave, by way.
using Turns = std::map<std::string, std::vector<double>>;

std::vector<double> ratios(const Turns& turns, const std::string& way) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < turns.at(way).size(); ++i)
    ratios.push_back(turns.at(way)[i] / turns.at("direct")[i]);
  return ratios;
}

struct Throughput {
  Turns speed = {};
  Turns cpu = {};
};

class TapBench {
 public:
  TapBench(const Broker& broker, std::vector<Way> ways, int turns)
      : broker_(broker), ways_(std::move(ways)), turns_(turns) {}

  void throughput(std::size_t record_size, std::size_t records, const std::string& codec) {
    const Workload workload{
        .bootstrap = bootstrap(), .codec = codec, .record_size = record_size, .records = records};
    const std::string name = fmt::format("{}B.{}", record_size, codec);
    const std::string kept = fresh_topic();
    produce(workload, kept);
    Throughput produced, fetched;
    for (int turn = 0; turn < turns_; ++turn)
      for (const Way& way : in_turn(turn)) {
        const std::string topic = fresh_topic();
        time(way, workload, produced, [&](const Workload& asked) { return produce(asked, topic); });
        cluster().delete_topic(topic);
        time(way, workload, fetched, [&](const Workload& asked) { return fetch(asked, kept); });
      }
    cluster().delete_topic(kept);
    print_throughput("tap.produce." + name, produced);
    print_throughput("tap.fetch." + name, fetched);
  }

  void latency(std::size_t records) {
    const Workload workload{.bootstrap = bootstrap(), .record_size = 100, .records = records};
    const std::string topic = fresh_topic();
    Turns p50, p99;
    for (int turn = 0; turn < turns_; ++turn)
      for (const Way& way : in_turn(turn)) {
        const auto milliseconds = acknowledge_one_by_one(through(way, workload), topic);
        p50[way.name].push_back(milliseconds.at(milliseconds.size() / 2));
        p99[way.name].push_back(milliseconds.at(milliseconds.size() * 99 / 100));
      }
    print_latency("tap.latency.p50", p50);
    print_latency("tap.latency.p99", p99);
  }

 private:
  /// Which is also what the broker advertises.
  std::string bootstrap() const {
    return fmt::format("127.0.0.1:{}", broker_.program_listeners().front().port);
  }

  /// Nobody is always the first.
  std::vector<Way> in_turn(int turn) const {
    std::vector<Way> ways = ways_;
    std::ranges::rotate(ways, ways.begin() + turn % static_cast<int>(ways.size()));
    return ways;
  }

  /// A new one each time: a client that has seen topics come and go may wait long for the next.
  Cluster cluster() const { return Cluster(broker_.grader_address()); }

  std::string fresh_topic() {
    const std::string topic = fmt::format("bench-{}", ++topics_);
    cluster().create_topic(topic, 1);
    return topic;
  }

  static Workload through(const Way& way, Workload workload) {
    workload.port_instead = way.port;
    return workload;
  }

  /// Megabytes a second; and, for a tap, until the observer was told everything.
  template <typename Action>
  void time(const Way& way, const Workload& workload, Throughput& turns, Action action) {
    const double cpu_before = cpu_seconds();
    const double seconds = action(through(way, workload));
    turns.speed[way.name].push_back(workload.megabytes() / seconds);
    const auto end = Clock::now();
    if (way.tap != nullptr) way.tap->drain();
    const double behind = std::chrono::duration<double>(Clock::now() - end).count();
    if (way.tap != nullptr)
      turns.speed[way.name + ".observed"].push_back(workload.megabytes() / (seconds + behind));
    turns.cpu[way.name].push_back(cpu_seconds() - cpu_before);
  }

  static void print_throughput(const std::string& name, const Throughput& turns) {
    const double direct = std::ranges::max(turns.speed.at("direct"));
    for (const auto& [way, values] : turns.speed) {
      if (way == "direct") continue;
      print_figure(fmt::format("{}.{}", name, way), std::ranges::max(values), "MB/s", direct);
      print_figure(fmt::format("{}.{}.median_ratio", name, way), median(ratios(turns.speed, way)),
                   "of direct", 1);
    }
    for (const auto& [way, values] : turns.cpu)
      if (way.starts_with("tap"))
        print_figure(fmt::format("{}.{}.cpu", name, way), std::ranges::min(values), "s",
                     std::ranges::min(turns.cpu.at("direct")));
  }

  static void print_latency(const std::string& name, const Turns& turns) {
    for (const auto& [way, values] : turns)
      if (way != "direct")
        print_figure(fmt::format("{}.{}", name, way), median(values), "ms", median(turns.at("direct")));
  }

  const Broker& broker_;
  std::vector<Way> ways_;
  int turns_;
  int topics_ = 0;
};

void run(int turns) {
  catch_interruptions();
  const Installation installation = find_installation();
  const auto host = make_host(choose_broker("process", installation).host);
  const ScratchFolder scratch;
  const auto broker = start_broker(*host, broker_template(*host, installation.cache), scratch.path(),
                                   scratch.path() / "broker.log")
                          .broker;
  const int broker_port = broker->program_listeners().front().port;
  DecodingObserver decoding;
  IgnoringObserver ignoring;
  TapOnPort tap(decoding, broker_port), bare(ignoring, broker_port);
  std::vector<Way> ways{{"direct"}, {"tap", tap.port, &tap.tap}, {"tap_without_decoding", bare.port}};
  const auto toxiproxy = Toxiproxy::build_and_start(scratch.path(), broker_port);
  if (toxiproxy) ways.push_back({"toxiproxy", toxiproxy->port()});

  TapBench bench(*broker, ways, turns);
  bench.latency(1000);
  for (const char* codec : {"none", "lz4"}) {
    bench.throughput(100, 1'000'000, codec);
    bench.throughput(1000, 150'000, codec);
  }
  print_figure("tap.not_decoded", static_cast<double>(decoding.not_decoded()), "frames and batches", 1);
}

}  // namespace
}  // namespace klab

int main(int count, char** arguments) {
  try {
    klab::run(count > 1 ? std::stoi(arguments[1]) : 5);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
