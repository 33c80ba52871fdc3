// Delivery. A consumer at its defaults is killed in the middle of its work, before it has committed anything
// of it; the next one of its group shows what it reads again. As a control, what an earlier one had committed
// must not come back, and what was not read yet must come.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/client_names.hpp"
#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr const char* kCommitted = "committed";
constexpr int kRecords = 10, kProcessed = 5;

std::string record(int number) { return fmt::format("record-{}", number); }

ordered_json plan(const std::string& client) {
  return {{"do", "consume"},
          {"topics", {"delivery-" + client}},
          {"group", "group-" + client},
          {"settings", {{"auto.offset.reset", "earliest"}}}};
}

ordered_json committing(const std::string& client) {
  ordered_json made = plan(client);
  made["count"] = 1;
  made["commit"] = "end";
  return made;
}

/// Is busy with a record until it is killed. Its group is soon to miss it.
ordered_json stalling(const std::string& client) {
  ordered_json made = plan(client);
  made["stall_after"] = kProcessed;
  made["stall_ms"] = 120'000;
  made["settings"]["session.timeout.ms"] = "3000";
  made["settings"]["heartbeat.interval.ms"] = "500";
  return made;
}

bool has_received(const History& history, const std::string& program, const std::string& value) {
  const auto values = told_texts(history, program, "received");
  return std::ranges::find(values, value) != values.end();
}

void play(Trial& trial) {
  Sender sender(trial, "sender");
  std::map<std::string, Topic> topics;
  for (const std::string& client : kClients) {
    topics[client] = trial.create_topic("delivery-" + client, 1);
    sender.send_all(topics[client], {{.value = kCommitted}});
  }
  const auto start_all = [&](const std::string& what, const auto& plan_of) {
    std::map<std::string, Program*> programs;
    for (const std::string& client : kClients)
      programs[client] = &trial.start(fmt::format("{}-{}", what, client), client, plan_of(client));
    return programs;
  };
  for (const auto& [_, program] : start_all("first", committing)) trial.wait_for_end(*program);
  for (auto& [_, topic] : topics)
    for (int i = 1; i <= kRecords; ++i) sender.send(topic, {.value = record(i)});
  sender.flush();
  auto busy = start_all("killed", stalling);
  // Each as soon as it is busy: later it may have committed.
  eventually(
      [&] {
        std::erase_if(busy, [&](const auto& one) {
          if (!trial.wait_until_told("killed-" + one.first, "received", kProcessed, 0s)) return false;
          trial.kill(*one.second);
          return true;
        });
        return busy.empty();
      },
      60s);
  for (const auto& [_, program] : busy) trial.kill(*program);
  const auto next = start_all("next", plan);
  trial.wait_until(60s, [](const History& history) {
    return std::ranges::all_of(kClients, [&](const auto& client) {
      return has_received(history, "next-" + client, record(kRecords));
    });
  });
  for (const auto& [_, program] : next) trial.stop(*program);
}

bool has_committed(const History& history, const std::string& program) {
  return std::ranges::any_of(history.commits, [&](const CommitAnswered& commit) {
    return commit.program == program && commit.error.empty();
  });
}

void conclude_one(const History& history, const std::string& client, Conclusions& conclusions) {
  const std::string killed = "killed-" + client, next = "next-" + client;
  const auto processed = told_texts(history, killed, "received");
  if (processed.size() != kProcessed || !has_received(history, next, record(kRecords)))
    return conclusions.undecided("delivery.default", client + " did not read what was to be read");
  if (has_committed(history, killed))
    return conclusions.undecided("delivery.default", client + " had committed before it was killed");
  const auto again =
      std::ranges::count_if(processed, [&](const auto& value) { return has_received(history, next, value); });
  conclusions.control("delivery.default", client + " does not read again what was committed",
                      has_received(history, "first-" + client, kCommitted) &&
                          !has_received(history, killed, kCommitted) &&
                          !has_received(history, next, kCommitted));
  conclusions.control("delivery.default", client + "'s next consumer reads what the one before had not read",
                      has_received(history, next, record(kProcessed + 1)));
  if (again != 0 && again != kProcessed)
    return conclusions.undecided(
        "delivery.default", fmt::format("{}: {} of {} records were read again", client, again, kProcessed));
  conclusions.value(
      "delivery.default",
      {.value = again > 0 ? "at least once" : "at most once",
       .where = {{"client", client}},
       .note = fmt::format("killed before it committed; {} of the {} records that it had were read again by "
                           "the next of its group",
                           again, kProcessed)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  for (const std::string& client : kClients) conclude_one(history, client, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> delivery_experiments() {
  return {{.name = "delivery",
           .claims = {"delivery.default"},
           .hypothesis = "What was read and not committed is read again.",
           .settings = {{"group.min.session.timeout.ms", "1000"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
