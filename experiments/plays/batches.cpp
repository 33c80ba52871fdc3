// Batches. A paced producer with linger.ms 0, 5 and 100; then one in a hurry with a small batch.size, whose
// records are small, and large, and one with the default batch.size as a control.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "experiments/client_names.hpp"
#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "experiments/witnessed.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kBatchSize = 1200, kSmall = 40, kLarge = 400;
constexpr int kPaced = 100, kHurried = 1500;

ordered_json plan(int count, std::size_t bytes, int pause_ms, ordered_json settings) {
  ordered_json records = ordered_json::array();
  for (int i = 0; i < count; ++i) records.push_back({{"value", fmt::format("{:0>{}}", i, bytes)}});
  settings["compression.type"] = "none";  // a client's default may be another; bytes are counted here
  return {{"do", "produce"},
          {"topic", "batches"},
          {"records", records},
          {"pause_ms", pause_ms},
          {"settings", settings}};
}

ordered_json lingering(const std::string& ms) { return plan(kPaced, kSmall, 10, {{"linger.ms", ms}}); }

ordered_json hurried(std::size_t bytes, bool is_bounded) {
  ordered_json settings{{"linger.ms", "200"}};
  if (is_bounded) settings["batch.size"] = std::to_string(kBatchSize);
  return plan(kHurried, bytes, 0, settings);
}

void play(Trial& trial, const std::string& client) {
  trial.create_topic("batches", 1);
  const auto run_all = [&](const std::map<std::string, ordered_json>& plans) {
    std::vector<Program*> programs;
    for (const auto& [program, its_plan] : plans) programs.push_back(&trial.start(program, client, its_plan));
    for (Program* program : programs) trial.wait_for_end(*program);
  };
  // First those in a hurry: a broker that has just begun keeps producers waiting, and batches grow meanwhile.
  run_all(
      {{"small", hurried(kSmall, true)}, {"large", hurried(kLarge, true)}, {"free", hurried(kLarge, false)}});
  run_all({{"linger-0", lingering("0")}, {"linger-5", lingering("5")}, {"linger-100", lingering("100")}});
}

/// When a program's first record was acknowledged. What waited for the client to find its broker until then
/// goes together, whatever its settings.
Moment settled(const History& history, const std::string& program) {
  const auto acked = told(history, program, "acked");
  return acked.empty() ? Moment::max() : acked.front().at;
}

/// How many records each of a program's batches has.
std::vector<std::size_t> sizes_of(const History& history, const std::string& program,
                                  Moment after = Moment::zero()) {
  std::vector<std::size_t> sizes;
  for (const SentBatch& batch : batches_of(history, program))
    if (batch.at > after) sizes.push_back(batch.messages);
  return sizes;
}

std::size_t largest(const std::vector<std::size_t>& sizes) {
  return sizes.empty() ? 0 : *std::ranges::max_element(sizes);
}

/// The one in the middle, which does not hear of a moment in which the machine was busy; 0 of none.
double median(std::vector<double> all) {
  if (all.empty()) return 0;
  std::ranges::sort(all);
  return all[all.size() / 2];
}

/// Milliseconds from the call to the acknowledgement.
double median_ms(const History& history, const std::string& program) {
  const Moment begin = settled(history, program);
  std::vector<double> all;
  for (const Told& one : told(history, program, "acked"))
    if (one.at > begin) all.push_back(one.ms());
  return median(all);
}

/// Why a program shows nothing; empty when it does.
std::string obstacle(const History& history, const std::string& program, int count) {
  if (std::ssize(told(history, program, "acked")) != count) return "did not get its records stored";
  const std::vector<std::size_t> sizes = sizes_of(history, program);
  const auto heard = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
  return heard < static_cast<std::size_t>(count) ? "was not heard to send all its records" : "";
}

void conclude_linger(const History& history, const std::string& client, Conclusions& conclusions) {
  for (const std::string program : {"linger-0", "linger-5", "linger-100"})
    if (const std::string why = obstacle(history, program, kPaced); !why.empty())
      return conclusions.undecided("linger", fmt::format("{} of {} {}", program, client, why));
  const auto size_of = [&](const std::string& program) {
    const auto sizes = sizes_of(history, program, settled(history, program));
    return median({sizes.begin(), sizes.end()});
  };
  const double none = size_of("linger-0"), some = size_of("linger-5"), long_time = size_of("linger-100");
  const double wait = median_ms(history, "linger-100") - median_ms(history, "linger-0");
  conclusions.control("linger", client + " with linger.ms=0 sends hardly two of the paced records together",
                      none < 2);
  const bool is_larger = none > 0 && long_time >= 3 * none && wait > 20,
             is_the_same = long_time > 0 && long_time <= 1.5 * none && wait < 20;
  if (!is_larger && !is_the_same)
    return conclusions.undecided(
        "linger", fmt::format("with linger.ms 0 and 100 a batch has {} and {} records, as a rule, and a "
                              "record waits {:.0f} ms longer: neither clearly more nor the same",
                              none, long_time, wait));
  conclusions.value(
      "linger", {.value = is_larger ? "larger batches" : "no effect",
                 .where = {{"client", client}},
                 .note = fmt::format("with linger.ms 0, 5 and 100 a batch has {}, {} and {} records, as a "
                                     "rule; with 100 a record waits {:.0f} ms longer than with 0",
                                     none, some, long_time, wait)});
}

void conclude_size(const History& history, const std::string& client, Conclusions& conclusions) {
  for (const std::string program : {"small", "large", "free"})
    if (const std::string why = obstacle(history, program, kHurried); !why.empty())
      return conclusions.undecided("batch.size", fmt::format("{} of {} {}", program, client, why));
  const std::size_t small = largest(sizes_of(history, "small")), large = largest(sizes_of(history, "large")),
                    free = largest(sizes_of(history, "free"));
  conclusions.control("batch.size", client + " with its default batch.size makes larger batches",
                      free * kLarge > kBatchSize);
  const bool is_bound = small * kSmall <= kBatchSize && large * kLarge <= kBatchSize && small >= 3 * large;
  if (!is_bound && !(small == kBatchSize && large == kBatchSize))
    return conclusions.undecided(
        "batch.size", fmt::format("batches of {} have at most {} records of {} bytes and {} of {}", client,
                                  small, kSmall, large, kLarge));
  conclusions.value("batch.size",
                    {.value = is_bound ? "bounds a batch" : "counts records",
                     .where = {{"client", client}},
                     .note = fmt::format("with batch.size={} a batch has at most {} records of {} bytes, or "
                                         "{} of {}; by default {} of those",
                                         kBatchSize, small, kSmall, large, kLarge, free)});
}

Conclusions conclude(const History& history, const std::string& client) {
  Conclusions conclusions;
  conclude_linger(history, client, conclusions);
  conclude_size(history, client, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> batch_experiments() {
  std::vector<Experiment> all;
  for (const std::string& client : kClients)
    if (client != "kafkajs")  // makes a batch of what one call is given; it has neither setting
      all.push_back(
          {.name = "batches-" + client,
           .claims = {"linger", "batch.size"},
           .hypothesis = "A batch waits for linger.ms for more records, and ends at batch.size bytes.",
           .play = [=](Trial& trial) { play(trial, client); },
           .conclude = [=](const History& history) { return conclude(history, client); }});
  return all;
}

}  // namespace klab
