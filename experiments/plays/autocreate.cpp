// Topics that are missing. Each client produces to one, and subscribes to another, at a broker that creates
// topics by itself, and at one that does not. Afterwards klab looks which topics there are.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "experiments/client_names.hpp"
#include "experiments/frame_notes.hpp"
#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kSetting = "auto.create.topics.enable";
constexpr auto kLate = 3s;  // a topic that is asked for is there at once, or not at all

std::string missing(const std::string& api, const std::string& client) {
  return fmt::format("{}-{}", api, client);
}

ordered_json plan(const std::string& api, const std::string& topic) {
  if (api == "produce")
    return {{"do", "produce"}, {"topic", topic}, {"records", ordered_json::array({{{"value", "v"}}})}};
  return {{"do", "consume"}, {"topics", {topic}}, {"group", "group-" + topic}};
}

/// The client asked for its topic, and was answered.
bool has_asked(const History& history, const std::string& program) {
  return std::ranges::any_of(noted_frames(history, program, "response", "Metadata"), [&](const json& frame) {
    const json topics = frame["body"].value("topics", json::array());
    // A topic that is asked for by its id may come without a name: null.
    return std::ranges::any_of(topics,
                               [&](const json& topic) { return topic.value("name", json()) == program; });
  });
}

void play(Trial& trial) {
  trial.create_topic("there", 1);
  trial.note("setting", trial.cluster().broker_settings(1).at(kSetting));
  for (const std::string api : {"produce", "subscribe"}) {
    std::vector<Program*> programs;
    for (const std::string& client : kClients) {
      const std::string name = missing(api, client);
      programs.push_back(
          &trial.start(name, client, plan(api, name),
                       std::make_shared<FrameNotes>(trial.recorder(), std::set<int>{kMetadataKey})));
    }
    trial.wait_until(40s, [&](const History& history) {
      return std::ranges::all_of(
          kClients, [&](const auto& client) { return has_asked(history, missing(api, client)); });
    });
    const auto are_all_there = [&] {
      const auto topics = trial.cluster().topics();
      return std::ranges::all_of(kClients,
                                 [&](const auto& client) { return topics.contains(missing(api, client)); });
    };
    eventually(are_all_there, kLate);
    for (Program* program : programs) trial.kill(*program);
  }
  const auto topics = trial.cluster().topics();
  trial.note("topics", fmt::format("{}", fmt::join(topics, " ")));
}

bool is_among(const std::string& name, const std::string& names) {
  return fmt::format(" {} ", names).find(fmt::format(" {} ", name)) != std::string::npos;
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const std::string setting = noted(history, "setting"), topics = noted(history, "topics");
  conclusions.control("topic.autocreate",
                      "a topic that klab created is found, and one that nobody asked for is not",
                      is_among("there", topics) && !is_among("nobody", topics));
  for (const std::string api : {"produce", "subscribe"})
    for (const std::string& client : kClients) {
      const std::string name = missing(api, client);
      if (!has_asked(history, name)) {
        conclusions.undecided("topic.autocreate",
                              fmt::format("{} was not heard to ask for the missing topic", name));
        continue;
      }
      const bool is_created = is_among(name, topics);
      conclusions.value("topic.autocreate", {.value = is_created ? "yes" : "no",
                                             .where = {{"client", client}, {"api", api}, {kSetting, setting}},
                                             .note = fmt::format("a topic that it {} to was {} afterwards",
                                                                 api == "produce" ? "produced" : "subscribed",
                                                                 is_created ? "there" : "still missing")});
    }
  return conclusions;
}

}  // namespace

std::vector<Experiment> autocreate_experiments() {
  std::vector<Experiment> all;
  for (const std::string setting : {"true", "false"})
    all.push_back({.name = fmt::format("autocreate-{}", setting == "true" ? "on" : "off"),
                   .claims = {"topic.autocreate"},
                   .hypothesis =
                       "Producing creates a missing topic where brokers allow it; subscribing does with "
                       "some clients.",
                   .settings = {{kSetting, setting}},
                   .play = play,
                   .conclude = conclude});
  return all;
}

}  // namespace klab
