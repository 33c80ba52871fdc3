// Records without a key. A client sends many of them, once in quick succession and once slowly; each has a
// kilobyte or more, so that batches fill. The sequence of partitions, in the order of sending, tells turns,
// runs and dice apart.

#include "experiments/plays/nokey.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "experiments/client_names.hpp"
#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr int kPartitions = 4;
constexpr int kQuick = 400, kSlow = 160;
constexpr std::size_t kEnough = 100;
// librdkafka stays with a partition for 10 ms (sticky.partitioning.linger.ms): well within, and well beyond.
constexpr int kShortPauseMs = 1, kLongPauseMs = 25;
constexpr double kClear = 0.35;  // what draws show by chance once in 30,000 times, of 100 records

ordered_json plan(int count, int bytes, int pause_ms) {
  ordered_json records = ordered_json::array();
  for (int i = 0; i < count; ++i)
    records.push_back({{"value", std::to_string(i)},
                       {"headers", {{"ballast", std::string(static_cast<std::size_t>(bytes), 'x')}}}});
  return {{"do", "produce"}, {"topic", "nokey"}, {"records", records}, {"pause_ms", pause_ms}};
}

void play(Trial& trial, const std::string& client) {
  trial.create_topic("nokey", kPartitions);
  Program& slow = trial.start("slow", client, plan(kSlow, 4000, kLongPauseMs));
  trial.run("quick", client, plan(kQuick, 1000, kShortPauseMs));
  trial.wait_for_end(slow);
}

/// The partitions of a program's records in the order in which it sent them; empty unless all were stored.
/// Without those that it sent before one was acknowledged: what waits for metadata is spread in other ways.
std::vector<int> sequence_of(const History& history, const std::string& program, int count) {
  std::map<int, int> partitions;
  const auto acked = told(history, program, "acked");
  for (const Told& one : acked)
    partitions[std::stoi(one.what["acked"].get<std::string>())] = one.what.value("partition", -1);
  if (std::ssize(partitions) != count) return {};
  std::vector<int> sequence;
  for (const Told& one : told(history, program, "sent"))
    if (one.at > acked.front().at)
      sequence.push_back(partitions[std::stoi(one.what["sent"].get<std::string>())]);
  return sequence;
}

std::string account_of(const std::vector<int>& sequence, int pause_ms) {
  return fmt::format("of {} records, one every {} ms, the next one goes to another of {} partitions {} times",
                     sequence.size(), pause_ms, kPartitions, switches_in(sequence));
}

Conclusions conclude(const History& history, const std::string& client) {
  Conclusions conclusions;
  std::map<std::string, std::vector<std::string>> accounts;  // by what they show
  const auto quick = sequence_of(history, "quick", kQuick), slow = sequence_of(history, "slow", kSlow);
  if (quick.size() >= kEnough)
    accounts[spread_of(quick, kPartitions)].push_back(account_of(quick, kShortPauseMs));
  if (slow.size() >= kEnough)
    accounts[spread_of(slow, kPartitions)].push_back(account_of(slow, kLongPauseMs));
  for (const auto& [spread, notes] : accounts)
    if (!spread.empty())
      conclusions.value("nokey.partitioner", {.value = spread,
                                              .where = {{"client", client}},
                                              .note = fmt::format("{}", fmt::join(notes, "; "))});
  conclusions.control("nokey.partitioner", client + "'s records go in a known way to more than one partition",
                      !accounts.empty() && !accounts.contains(""));
  if (accounts.empty())
    conclusions.undecided("nokey.partitioner", client + " did not get its records stored");
  return conclusions;
}

// The order may be lost here and there, where a client gives several records a partition at the same time.
bool goes_in_turns(const std::vector<int>& sequence, std::size_t partitions) {
  std::size_t turns = 0, broken = 0;
  for (std::size_t i = 0; i + partitions <= sequence.size(); ++i, ++turns) {
    std::vector<int> turn(sequence.begin() + static_cast<std::ptrdiff_t>(i),
                          sequence.begin() + static_cast<std::ptrdiff_t>(i + partitions));
    std::ranges::sort(turn);
    broken += std::ranges::adjacent_find(turn) != turn.end() ? 1 : 0;
  }
  return broken * 10 <= turns;
}

/// How much a partition tells of the next one, from 0 to 1: Cramer's V of both. Clients need not draw all
/// partitions with the same chance: kafka-python draws again where a record would begin a new batch.
double association(const std::vector<int>& sequence, std::size_t partitions) {
  std::vector<double> from(partitions), to(partitions), pairs(partitions * partitions);
  for (std::size_t i = 1; i < sequence.size(); ++i) {
    const auto one = static_cast<std::size_t>(sequence[i - 1]), next = static_cast<std::size_t>(sequence[i]);
    ++from[one], ++to[next], ++pairs[one * partitions + next];
  }
  const auto steps = static_cast<double>(sequence.size() - 1);
  double mean_square = 0;
  for (std::size_t one = 0; one < partitions; ++one)
    for (std::size_t next = 0; next < partitions; ++next)
      if (const double expected = from[one] * to[next] / steps; expected > 0)
        mean_square += std::pow(pairs[one * partitions + next] - expected, 2) / expected / steps;
  return std::sqrt(mean_square / static_cast<double>(partitions - 1));
}

/// Whether the next partition may well have been drawn, whichever the one before was.
bool looks_drawn(const std::vector<int>& sequence, std::size_t partitions) {
  const std::size_t least_of_each = sequence.size() / partitions / 4;
  for (int partition = 0; partition < static_cast<int>(partitions); ++partition)
    if (static_cast<std::size_t>(std::ranges::count(sequence, partition)) < least_of_each) return false;
  return association(sequence, partitions) < kClear;
}

}  // namespace

std::size_t switches_in(const std::vector<int>& sequence) {
  std::size_t switches = 0;
  for (std::size_t i = 1; i < sequence.size(); ++i) switches += sequence[i] != sequence[i - 1] ? 1 : 0;
  return switches;
}

std::string spread_of(const std::vector<int>& sequence, int partitions) {
  const auto count = static_cast<std::size_t>(partitions);
  const std::size_t switches = switches_in(sequence);
  if (sequence.size() < 10 * count || switches == 0) return "";
  if (goes_in_turns(sequence, count)) return "round robin";
  // Of drawn ones all but every nth are elsewhere than the one before; of these runs hold four and more.
  if (switches * 4 <= sequence.size()) return "sticky";
  return looks_drawn(sequence, count) ? "random" : "";
}

std::vector<Experiment> nokey_experiments() {
  std::vector<Experiment> all;
  for (const std::string& client : kClients)
    all.push_back({.name = "nokey-" + client,
                   .claims = {"nokey.partitioner"},
                   .hypothesis = fmt::format("{} has one way to spread records that have no key.", client),
                   .play = [=](Trial& trial) { play(trial, client); },
                   .conclude = [=](const History& history) { return conclude(history, client); }});
  return all;
}

}  // namespace klab
