// Keys. Five clients each send a hundred keys, each key twice, to one topic; then partitions are added to it
// and they send them again. A librdkafka that is told to hash as Java does must agree with Java. And a few
// keys go to more partitions than they are.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "experiments/client_names.hpp"
#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr int kKeys = 100, kPartitions = 6, kMorePartitions = 10, kFewKeys = 5;

ordered_json plan(const ordered_json& settings = ordered_json::object()) {
  ordered_json records = ordered_json::array();
  for (int key = 1; key <= kKeys; ++key)
    records.push_back({{"value", fmt::format("key-{}", key)}, {"key", fmt::format("key-{}", key)}});
  return {{"do", "produce"}, {"topic", "keys"}, {"records", records}, {"repeat", 2}, {"settings", settings}};
}

void run_all(Trial& trial, const std::string& what) {
  std::vector<Program*> programs;
  for (const std::string& client : kClients)
    programs.push_back(&trial.start(fmt::format("{}-{}", what, client), client, plan()));
  for (Program* program : programs) trial.wait_for_end(*program);
}

void play(Trial& trial) {
  trial.create_topic("keys", kPartitions);
  run_all(trial, "before");
  trial.run("murmur2", "librdkafka", plan({{"partitioner", "murmur2_random"}}));
  trial.cluster().add_partitions("keys", kMorePartitions);
  run_all(trial, "after");
  Sender sender(trial, "sender");
  for (const auto& [name, keys] : {std::pair{"few", kFewKeys}, std::pair{"many", kKeys}}) {
    const Topic topic = trial.create_topic(name, kPartitions);
    std::vector<Outgoing> records;
    for (int i = 0; i < kKeys; ++i)
      records.push_back({.value = std::to_string(i), .key = fmt::format("key-{}", i % keys)});
    sender.send_all(topic, records);
    trial.read_back(topic);
  }
}

using Places = std::map<std::string, std::set<int>>;  // partitions by key

Places places_of(const History& history, const std::string& program) {
  Places places;
  for (const Told& one : told(history, program, "acked"))
    places[one.what["acked"].get<std::string>()].insert(one.what.value("partition", -1));
  return places;
}

/// Every key was stored twice.
bool is_complete(const History& history, const std::string& program) {
  return told(history, program, "acked").size() == 2 * kKeys && places_of(history, program).size() == kKeys;
}

std::size_t differing(const Places& left, const Places& right) {
  return static_cast<std::size_t>(std::ranges::count_if(left, [&](const auto& place) {
    const auto found = right.find(place.first);
    return found == right.end() || found->second != place.second;
  }));
}

std::set<int> partitions_used(const Places& places) {
  std::set<int> used;
  for (const auto& [_, partitions] : places) used.insert(partitions.begin(), partitions.end());
  return used;
}

void conclude_places(const History& history, const std::string& client, Conclusions& conclusions) {
  const Places before = places_of(history, "before-" + client), after = places_of(history, "after-" + client);
  const auto torn = std::ranges::count_if(before, [](const auto& place) { return place.second.size() > 1; });
  const std::size_t moved = differing(before, after);
  conclusions.control("key.partition", client + "'s keys go to several partitions",
                      partitions_used(before).size() > 1);
  conclusions.control("key.partition", client + " uses the partitions that were added",
                      partitions_used(after).size() > static_cast<std::size_t>(kPartitions));
  conclusions.value("key.partition",
                    {.value = torn == 0 ? "yes" : "no",
                     .where = {{"client", client}},
                     .note = fmt::format("of {} keys that were sent twice {} went to two partitions",
                                         before.size(), torn)});
  conclusions.value("key.partition",
                    {.aspect = "adding",
                     .value = moved > 0 ? "moves" : "stays",
                     .where = {{"client", client}},
                     .note = fmt::format("with {} partitions for {}, {} of {} keys go to another one",
                                         kMorePartitions, kPartitions, moved, before.size())});
}

/// Clients that agree about every key stand together: "java, kafkajs; librdkafka".
std::string agreeing(const std::map<std::string, Places>& places) {
  std::map<Places, std::vector<std::string>> groups;
  for (const auto& [client, of_client] : places) groups[of_client].push_back(client);
  std::vector<std::string> texts;
  for (const auto& [_, clients] : groups) texts.push_back(fmt::format("{}", fmt::join(clients, ", ")));
  std::ranges::sort(texts);
  return fmt::format("{}", fmt::join(texts, "; "));
}

void conclude_clients(const History& history, Conclusions& conclusions) {
  std::map<std::string, Places> places;
  for (const std::string& client : kClients) places[client] = places_of(history, "before-" + client);
  const Places& java = places.at("java");
  const Places murmur2 = places_of(history, "murmur2");
  const bool is_same = std::ranges::all_of(places, [&](const auto& one) { return one.second == java; });
  conclusions.control("key.by_client", "librdkafka with murmur2_random puts every key where Java does",
                      is_complete(history, "murmur2") && murmur2 == java);
  conclusions.control("key.by_client", "keys that moved when partitions were added are seen to differ",
                      differing(java, places_of(history, "after-java")) > 0);
  conclusions.value(
      "key.by_client",
      {.value = is_same ? "yes" : "no",
       .note = fmt::format("of {} keys librdkafka puts {} elsewhere than Java; those that agree: {}", kKeys,
                           differing(java, places.at("librdkafka")), agreeing(places))});
  conclusions.value("key.by_client",
                    {.value = murmur2 == java ? "yes" : "no",
                     .where = {{"partitioner", "murmur2"}},
                     .note = fmt::format("librdkafka with partitioner=murmur2_random: {} of {} "
                                         "keys elsewhere than Java",
                                         differing(java, murmur2), kKeys)});
}

std::set<int> filled(const History& history, const std::string& topic) {
  std::set<int> partitions;
  for (const LoggedRecord* record : log_of(history, topic)) partitions.insert(record->partition);
  return partitions;
}

void conclude_balance(const History& history, Conclusions& conclusions) {
  if (!is_drained(history, "few") || log_of(history, "few").size() != kKeys)
    return conclusions.undecided("keys.unbalanced", "the records with few keys were not all read back");
  const std::size_t used = filled(history, "few").size();
  conclusions.control("keys.unbalanced", "many keys fill every partition",
                      filled(history, "many").size() == kPartitions);
  conclusions.value("keys.unbalanced",
                    {.value = used < kPartitions ? "yes" : "no",
                     .note = fmt::format("{} records of {} keys left {} of {} partitions empty", kKeys,
                                         kFewKeys, kPartitions - used, kPartitions)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_balance(history, conclusions);
  for (const std::string& client : kClients)
    if (!is_complete(history, "before-" + client) || !is_complete(history, "after-" + client)) {
      for (const std::string claim : {"key.partition", "key.by_client"})
        conclusions.undecided(claim, fmt::format("{} did not get all its keys stored", client));
      return conclusions;
    }
  for (const std::string& client : kClients) conclude_places(history, client, conclusions);
  conclude_clients(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> key_experiments() {
  return {
      {.name = "keys",
       .claims = {"key.partition", "key.by_client", "keys.unbalanced"},
       .hypothesis = "A key has one partition as long as their number stays; clients hash in different ways.",
       .play = play,
       .conclude = conclude}};
}

}  // namespace klab
