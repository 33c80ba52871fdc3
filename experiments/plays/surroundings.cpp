// Surroundings. A broker creates a topic, takes a record and hands it to a group; meanwhile it is looked at
// what it is told of ZooKeeper, and whether there is anybody that it talks to.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/sockets_of.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using nlohmann::json;

constexpr const char* kClaim = "zookeeper";

void play(Trial& trial) {
  const Topic topic = trial.create_topic("served", 1);
  Sender sender(trial, "sender");
  sender.send_all(topic, {{.value = "served", .partition = 0}});
  Receiver receiver(trial, "receiver", {{"group.id", "served"}, {"auto.offset.reset", "earliest"}});
  receiver.subscribe({topic});
  receiver.take(1);
  const KafkaSettings settings = trial.cluster().broker_settings(1);
  const auto found = settings.find("process.roles");
  trial.note("process.roles", found == settings.end() ? "" : found->second);
  std::string of_zookeeper;
  for (const auto& [name, value] : settings)
    if (name.starts_with("zookeeper")) of_zookeeper += name + " ";
  trial.tell(kNotes, {{"settings of ZooKeeper", of_zookeeper}, {"settings", settings.size()}});
  trial.tell(kNotes, {{"sockets of the broker", sockets_of(trial.broker().pid())}});
  trial.tell(kNotes, {{"sockets of klab", sockets_of(getpid())}});
}

json sockets(const History& history, const std::string& whose) {
  const auto notes = told(history, kNotes, "sockets of " + whose);
  return notes.empty() ? json::object() : notes.back().what["sockets of " + whose];
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const json brokers = sockets(history, "the broker"), klabs = sockets(history, "klab");
  const auto settings = told(history, kNotes, "settings of ZooKeeper");
  if (!brokers.contains("listens") || !brokers.contains("talks to") || !klabs.contains("talks to") ||
      settings.empty()) {
    conclusions.undecided(kClaim, "the broker was not looked at");
    return conclusions;
  }
  const bool has_served = !told_texts(history, "receiver", "received").empty();
  const json listens = brokers["listens"], others = brokers["talks to"];
  const bool sees_klab = std::ranges::any_of(
      klabs["talks to"], [&](const json& port) { return std::ranges::find(listens, port) != listens.end(); });
  conclusions.control(kClaim, "the broker serves a producer and a group", has_served);
  conclusions.control(kClaim, "klab's own connections to the broker are seen", sees_klab);
  const std::string told_of = settings.back().what["settings of ZooKeeper"];
  if (!told_of.empty() || !others.empty())
    conclusions.undecided(
        kClaim, fmt::format("the broker has settings of ZooKeeper ({}) or connections to others ({})",
                            told_of, others.dump()));
  else
    conclusions.value(
        kClaim,
        {.value = "no",
         .note = fmt::format("with process.roles={} and no setting of ZooKeeper among {} the "
                             "broker serves a producer and a group; it has connections to "
                             "nobody but those that came to it",
                             noted(history, "process.roles"), settings.back().what["settings"].dump())});
  return conclusions;
}

}  // namespace

std::vector<Experiment> surrounding_experiments() {
  return {{.name = "surroundings",
           .claims = {kClaim},
           .hypothesis = "A broker needs nobody else.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
