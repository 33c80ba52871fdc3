// Defaults of producers. A client that nothing was set for sends a few records; the tap hears what it asks
// for. As a control the same client is told otherwise, and must be heard to do so. What cannot be heard, its
// own code is asked for; as a control it must then say of acks what was heard, and one that hears no
// acknowledgements must give up soon after a short delivery.timeout.ms.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/client_names.hpp"
#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "experiments/witnessed.hpp"
#include "runners/tap/gates/drop_responses.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

const std::vector<std::string> kHeard{"acks.default", "idempotence.default", "compression.default"};
const std::vector<std::string> kAsked{"linger", "batch.size", "retries.limit"};

ordered_json plan(const ordered_json& settings) {
  ordered_json records = ordered_json::array();
  for (int i = 1; i <= 5; ++i)
    records.push_back({{"value", fmt::format("{}: {:.>400}", i, "a record that is worth compressing")}});
  return {{"do", "produce"}, {"topic", "defaults"}, {"records", records}, {"settings", settings}};
}

// franz-go has none unless it is told, and looks at it only when a request is over, ten seconds later.
bool has_delivery_timeout(const std::string& client) { return client != "franz-go"; }

void play(Trial& trial, const std::string& client) {
  trial.create_topic("defaults", 1);
  trial.run("untouched", client, plan(ordered_json::object()));
  trial.run("told-otherwise", client,
            plan({{"acks", "1"}, {"enable.idempotence", "false"}, {"compression.type", "gzip"}}));
  if (!can_be_asked(client)) return;
  if (has_delivery_timeout(client)) {
    Program& unanswered = trial.start(
        "unanswered", client,
        plan({{"delivery.timeout.ms", "3000"}, {"request.timeout.ms", "500"}, {"linger.ms", "0"}}),
        std::make_shared<DropResponses>(kProduceKey));
    trial.wait_until_told("unanswered", "failed", 1, 20s);
    trial.kill(unanswered);  // the others may wait for what never comes
  }
  trial.run("asked", client,
            ask_for_defaults({"acks", "linger.ms", "batch.size", "delivery.timeout.ms", "retries"}));
}

std::string acks_of(const SentBatch& batch) { return batch.acks == -1 ? "all" : std::to_string(batch.acks); }
std::string idempotence_of(const SentBatch& batch) { return batch.producer_id == -1 ? "off" : "on"; }

// Of a batch that compressing makes no smaller, clients may leave it be.
std::string codec_of(const std::vector<SentBatch>& batches) {
  const auto compressed =
      std::ranges::find_if(batches, [](const SentBatch& batch) { return batch.codec != "none"; });
  return compressed == batches.end() ? "none" : compressed->codec;
}

void conclude_heard(const History& history, const std::string& client, Conclusions& conclusions) {
  const auto batches = batches_of(history, "untouched"), told = batches_of(history, "told-otherwise");
  if (batches.empty() || told.empty()) {
    for (const std::string& claim : kHeard)
      conclusions.undecided(claim, fmt::format("{} was not heard to send", client));
    return;
  }
  const SentBatch& batch = batches.front();
  const auto heard = [&](const std::string& claim, const std::string& value, const std::string& note) {
    conclusions.value(claim, {.value = value, .where = {{"client", client}}, .note = note});
  };
  heard("acks.default", acks_of(batch), fmt::format("ProduceRequest with acks={}", batch.acks));
  heard("idempotence.default", idempotence_of(batch),
        fmt::format("its batches have producer id {}", batch.producer_id));
  heard("compression.default", codec_of(batches),
        fmt::format("its batches have codec {}", codec_of(batches)));
  conclusions.control("acks.default", client + " with acks=1 is heard to ask for 1", told.front().acks == 1);
  conclusions.control("idempotence.default", client + " without idempotence has no producer id",
                      told.front().producer_id == -1);
  conclusions.control("compression.default", client + " with gzip is heard to send gzip",
                      codec_of(told) == "gzip");
}

/// "unlimited" or "0"; empty where it is something in between.
std::string count_of(const std::string& retries) {
  if (retries == "2147483647" || retries == "9223372036854775807" || retries == "inf" ||
      retries == "unlimited")
    return "unlimited";
  return retries == "0" ? "0" : "";
}

bool gives_up_after_a_while(const History& history) {
  const auto failed = told(history, "unanswered", "failed");
  return !failed.empty() && !batches_of(history, "unanswered").empty() &&
         std::ranges::all_of(failed, [](const Told& one) { return one.ms() > 2500 && one.ms() < 15'000; });
}

void conclude_asked(const History& history, const std::string& client, Conclusions& conclusions) {
  const auto batches = batches_of(history, "untouched");
  const std::map<std::string, std::string> said = defaults_told(history, "asked");
  const auto find = [&](const std::string& claim, const std::string& aspect, const std::string& name,
                        const std::string& unit) {
    const auto found = said.find(name);
    if (found == said.end())
      return conclusions.undecided(claim, fmt::format("{} does not say its default of {}", client, name));
    conclusions.value(claim, {.aspect = aspect,
                              .value = fmt::format("{} {}", found->second, unit),
                              .where = {{"client", client}},
                              .note = fmt::format("its own code says {}={}", name, found->second)});
  };
  find("linger", "default", "linger.ms", "ms");
  find("batch.size", "default", "batch.size", "bytes");
  // One that has no such timeout has its number of retries.
  if (const auto timeout = said.find("delivery.timeout.ms");
      timeout == said.end() || count_of(timeout->second) != "unlimited")
    find("retries.limit", "", "delivery.timeout.ms", "ms");
  if (const auto retries = said.find("retries"); retries != said.end() && !count_of(retries->second).empty())
    conclusions.value("retries.limit",
                      {.aspect = "count",
                       .value = count_of(retries->second),
                       .where = {{"client", client}},
                       .note = fmt::format("its own code says retries={}", retries->second)});
  if (has_delivery_timeout(client))
    conclusions.control("retries.limit",
                        client + " with a delivery.timeout.ms of 3 s does not try for much longer",
                        gives_up_after_a_while(history));
  for (const std::string& claim : kAsked)
    conclusions.control(claim, client + " is heard to ask for the acks that it says are its default",
                        !batches.empty() && said.contains("acks") &&
                            (said.at("acks") == acks_of(batches.front()) ||
                             said.at("acks") == std::to_string(batches.front().acks)));
}

std::vector<std::string> claims_on(const std::string& client) {
  std::vector<std::string> claims = kHeard;
  if (can_be_asked(client)) claims.insert(claims.end(), kAsked.begin(), kAsked.end());
  return claims;
}

Conclusions conclude(const History& history, const std::string& client) {
  Conclusions conclusions;
  conclude_heard(history, client, conclusions);
  if (can_be_asked(client)) conclude_asked(history, client, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> default_experiments() {
  std::vector<Experiment> all;
  for (const std::string& client : kClients)
    all.push_back({.name = "defaults-" + client,
                   .claims = claims_on(client),
                   .hypothesis = fmt::format("{} asks for what its documentation says.", client),
                   .play = [=](Trial& trial) { play(trial, client); },
                   .conclude = [=](const History& history) { return conclude(history, client); }});
  return all;
}

}  // namespace klab
