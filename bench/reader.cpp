// Reading a topic back and judging it, against Kafka's own ConsumerPerformance, which reads and forgets: turn
// by turn on the same broker. `reader [MILLIONS]`
//
// `read` is until every record is in the history; `judged` until it is known that each was stored once.
// Kafka's time is what it says itself, without the start of its JVM. The best of the turns.

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "bench/figure.hpp"
#include "checks/errors.hpp"
#include "checks/stored/stored_times.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "fixtures/brokers/broker.hpp"
#include "fixtures/brokers/container_host.hpp"
#include "runners/client/cluster.hpp"
#include "runners/client/log_reader.hpp"
#include "runners/client/sample_writer.hpp"
#include "runners/interruption.hpp"
#include "runners/process/run_command.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr int kPartitions = 6;
constexpr int kTurns = 3;
constexpr std::size_t kSample = 1000, kAtOnce = 50 * kSample;
const std::string kTopic = "bench";

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string id_of(std::size_t record) { return std::to_string(1'000'000'000 + record); }

std::string text_of(std::size_t record) {
  return fmt::format(R"({{"EVENT_NO_TRIP": {}, "ACT_TIME": 24345, "GPS_LATITUDE": 45.52, "VELOCITY": 11}})",
                     id_of(record));
}

/// The sample, as often as it takes.
void fill(const std::string& bootstrap, std::size_t records) {
  Cluster(bootstrap).create_topic(kTopic, kPartitions);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kAtOnce; ++i) texts.push_back(text_of(i % kSample));
  for (std::size_t sent = 0; sent < records; sent += kAtOnce)
    write_spread_records(bootstrap, kTopic, texts, kPartitions);
}

/// What kafka-consumer-perf-test.sh runs. Its jar is none that a broker needs.
class KafkasConsumer {
 public:
  KafkasConsumer(const Installation& installation, const std::filesystem::path& folder)
      : classpath_(fmt::format("{}/*:{}/*", folder.string(), installation.jars().string())) {
    const std::string artifact = fmt::format("-Dartifact=org.apache.kafka:kafka-tools:{}", kKafkaVersion);
    const std::string output = fmt::format("-DoutputDirectory={}", folder.string());
    const CommandResult copied = run_command(
        {"mvn", "--batch-mode", "--quiet", "dependency:copy", artifact, output, "-Dmdep.useBaseVersion=true"},
        120s);
    if (!copied.status.is_success()) throw HarnessError("Maven has no kafka-tools: " + copied.output);
  }

  double read(const std::string& bootstrap, std::size_t records) const {
    const CommandResult result =
        run_command({"java", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp", classpath_,
                     "org.apache.kafka.tools.ConsumerPerformance", "--bootstrap-server", bootstrap, "--topic",
                     kTopic, "--num-records", std::to_string(records), "--hide-header"},
                    300s);
    return seconds_in(result.output);
  }

 private:
  /// start, end, MB, MB a second, records, records a second, ..
  static double seconds_in(const std::string& line) {
    std::istringstream fields(line);
    std::vector<double> numbers;
    for (std::string field; std::getline(fields, field, ',');)
      numbers.push_back(std::strtod(field.c_str(), nullptr));
    if (numbers.size() < 6 || numbers[5] <= 0) throw HarnessError("ConsumerPerformance said " + line);
    return numbers[4] / numbers[5];
  }

  std::string classpath_;
};

struct Reading {
  double read = 0, judged = 0;
};

Reading read_and_judge(const std::string& bootstrap, std::size_t records) {
  History header;
  for (std::size_t i = 0; i < kSample; ++i) header.sample.push_back({.id = id_of(i), .text = text_of(i)});
  Recorder recorder(std::move(header));
  recorder.record(Topic{.name = kTopic, .partitions = kPartitions});
  Reading reading;
  const auto begin = Clock::now();
  read_log(bootstrap, kTopic, kPartitions, recorder);
  reading.read = seconds_since(begin);
  const Verdict verdict =
      recorder.look([&](const History& history) { return stored_times(history, kTopic, records / kSample); });
  reading.judged = seconds_since(begin);
  if (verdict.outcome != Outcome::holds) throw HarnessError("not all was read: " + verdict.actual);
  return reading;
}

void run(std::size_t records) {
  catch_interruptions();
  const Installation installation = find_installation();
  const auto host = make_host(choose_broker("process", installation).host);
  const ScratchFolder scratch;
  const auto broker = start_broker(*host, broker_template(*host, installation.cache), scratch.path(),
                                   scratch.path() / "broker.log")
                          .broker;
  const KafkasConsumer kafkas(installation, scratch.path() / "tools");
  fill(broker->grader_address(), records);
  double peer = 1e9;
  Reading best{1e9, 1e9};
  for (int turn = 0; turn < kTurns; ++turn) {
    peer = std::min(peer, kafkas.read(broker->grader_address(), records));
    const Reading reading = read_and_judge(broker->grader_address(), records);
    best = {std::min(best.read, reading.read), std::min(best.judged, reading.judged)};
  }
  print_figure("reader.read", best.read, "s", peer);
  print_figure("reader.judged", best.judged, "s", peer);
}

}  // namespace
}  // namespace klab

int main(int count, char** arguments) {
  try {
    klab::run((count > 1 ? std::stoul(arguments[1]) : 5) * 1'000'000);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
