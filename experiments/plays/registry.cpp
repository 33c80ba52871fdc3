// Schema Registry. It is no part of Kafka: where one runs is told by KLAB_SCHEMA_REGISTRY_URL, and the
// brokers that it keeps its schemas with by KLAB_SCHEMA_REGISTRY_KAFKA. A schema is registered, and looked
// for in those brokers' topic of schemas.

#include <fmt/format.h>

#include <cstdlib>

#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "runners/client/log_reader.hpp"
#include "runners/process/run_command.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr const char* kClaim = "registry.topic";
constexpr const char* kTopic = "_schemas";

std::string from_environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// How many records of the topic of schemas have a key that tells of the subject.
int records_of(const std::string& kafka, const std::string& subject) {
  int found = 0;
  read_committed(kafka, kTopic, 1, [&](const LoggedRecord& record) {
    if (record.key && record.key->find(subject) != std::string::npos) ++found;
  });
  return found;
}

void play(Trial& trial) {
  const std::string url = from_environment("KLAB_SCHEMA_REGISTRY_URL"),
                    kafka = from_environment("KLAB_SCHEMA_REGISTRY_KAFKA");
  if (url.empty() || kafka.empty()) return;
  const std::string subject =
      fmt::format("klab-{}", std::chrono::system_clock::now().time_since_epoch().count());
  trial.note("records before", std::to_string(records_of(kafka, subject)));
  const auto ask = [&](const std::string& method, const std::string& path, const std::string& body) {
    return run_command({"curl", "--silent", "--max-time", "20", "--request", method, "--header",
                        "Content-Type: application/vnd.schemaregistry.v1+json", "--data", body,
                        fmt::format("{}/subjects/{}{}", url, subject, path)},
                       30s)
        .output;
  };
  trial.note("registered", ask("POST", "/versions", R"({"schema": "{\"type\": \"string\"}"})"));
  trial.note("records after", std::to_string(records_of(kafka, subject)));
  ask("DELETE", "", "");
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const std::string registered = noted(history, "registered");
  if (registered.empty()) {
    conclusions.undecided(
        kClaim,
        "there is no Schema Registry, which is no part of Kafka: say where one is with "
        "KLAB_SCHEMA_REGISTRY_URL, and where its brokers are with KLAB_SCHEMA_REGISTRY_KAFKA");
    return conclusions;
  }
  const auto answer = nlohmann::json::parse(registered, nullptr, false);
  conclusions.control(kClaim, "the registry takes a schema and gives it an id",
                      answer.is_object() && answer.contains("id"));
  conclusions.control(kClaim, "before, no record tells of it", noted(history, "records before") == "0");
  const std::string after = noted(history, "records after");
  if (after.empty() || after == "0")
    conclusions.undecided(kClaim, fmt::format("the schema is not in the topic {} of those brokers", kTopic));
  else
    conclusions.value(kClaim, {.value = "topic",
                               .note = fmt::format("a schema that was registered came to {} as {} records",
                                                   kTopic, after)});
  return conclusions;
}

}  // namespace

std::vector<Experiment> registry_experiments() {
  return {{.name = "registry",
           .claims = {kClaim},
           .hypothesis = "Schema Registry keeps schemas in a topic.",
           .brokers = 0,
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
